import type { Role, RoleGrant } from '@xiangjing/scenario-sdk';

const WATCHING: readonly Role[] = ['node-operator', 'coordinator', 'analyst', 'supervisor'];
const COMPARING: readonly Role[] = ['node-operator', 'coordinator'];

/** Whom the entry is shown to; what they may see and do the node decides. */
export const mayWatch = (grants: readonly RoleGrant[]): boolean => grants.some(({ role }) => WATCHING.includes(role));
export const mayCompare = (grants: readonly RoleGrant[]): boolean => grants.some(({ role }) => COMPARING.includes(role));
