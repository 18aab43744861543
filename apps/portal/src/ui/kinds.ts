import type { Kind } from '@xiangjing/scenario-sdk';

/** The three lists in the order pages show them: what is wanted, what can be had, what was done. */
export const KINDS: readonly Kind[] = ['opportunity', 'capability', 'demonstration'];
