/**
 * The closed list of actions that exist here; every procedure declares one. `open`: without an identity too.
 * `record.advance` is decided per lifecycle verb.
 */
export const ACTIONS = {
  'record.search': { open: true, on: 'record' },
  'record.view': { open: true, on: 'record' },
  'record.history': { open: true, on: 'record' },
  'record.create': { open: false, on: 'record' },
  'record.edit': { open: false, on: 'record' },
  'record.advance': { open: false, on: 'record' },
  'record.withdraw': { open: false, on: 'record' },
  'record.classify': { open: false, on: 'record' },
  'record.replicate': { open: false, on: 'record' },
  'organisation.list': { open: false, on: 'node' },
  'organisation.create': { open: false, on: 'organisation' },
  'vocabulary.view': { open: true, on: 'node' },
  'target.view': { open: true, on: 'node' },
  'federation.view': { open: true, on: 'node' },
  'federation.trace': { open: false, on: 'node' },
  'federation.compare': { open: false, on: 'node' },
} as const satisfies Record<string, { open: boolean; on: 'record' | 'organisation' | 'node' }>;

export type Action = keyof typeof ACTIONS;
export const isAction = (word: unknown): word is Action => typeof word === 'string' && Object.hasOwn(ACTIONS, word);
