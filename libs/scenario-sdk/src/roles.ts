import { z } from 'zod';
import { DomainCode } from './vocabulary.ts';

/** Roles of the process guide §1 that have a verb or a page here. Every grant of a role has a scope. */
export const Role = z
  .enum(['owner', 'checker', 'lead', 'coordinator', 'steward', 'supervisor', 'analyst', 'node-operator'])
  .meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

export type Scope = { type: 'region'; adcode: string } | { type: 'organisation'; uscc: string } | { type: 'domain'; domain: DomainCode };
export interface RoleGrant {
  role: Role;
  scope: Scope;
}

/**
 * Reads a grant as it stands in a token's `grants` claim: `<role>@<scope>` with scope `4301` or `430102` (adcode prefix),
 * `org:<uscc>` or `domain:<code>`. Unknown words give undefined: the grant then gives nothing.
 */
export function parseRoleGrant(text: string): RoleGrant | undefined {
  const at = text.indexOf('@');
  const role = Role.safeParse(text.slice(0, at));
  const scope = text.slice(at + 1);
  if (at < 1 || !role.success) return undefined;
  if (/^\d{2,6}$/.test(scope)) return { role: role.data, scope: { type: 'region', adcode: scope } };
  if (/^org:[0-9A-Z]{18}$/.test(scope)) return { role: role.data, scope: { type: 'organisation', uscc: scope.slice(4) } };
  const domain = DomainCode.safeParse(scope.replace(/^domain:/, ''));
  return scope.startsWith('domain:') && domain.success ? { role: role.data, scope: { type: 'domain', domain: domain.data } } : undefined;
}

/** The digits of an adcode that bind: 430000 → 43, 430100 → 4301, 430102 → 430102. */
export const adcodePrefix = (adcode: string): string => adcode.replace(/(00){1,2}$/, '');

/** True if `adcode` lies in `scope`: 430102 lies in 430100 and in 430000. */
export const isWithin = (adcode: string, scope: string): boolean => adcode.startsWith(adcodePrefix(scope));
