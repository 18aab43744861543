/** The processes a node can be split into; `targets.ts` says what each of them does. */
export const TARGET_NAMES = ['catalogue', 'operations', 'egress', 'publisher', 'apply', 'portal'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];
