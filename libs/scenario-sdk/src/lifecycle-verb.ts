import { z } from 'zod';

/** Verbs of the lifecycle. `create`, `edit`, `classify` and `withdraw` have procedures of their own; `advance` takes the others. */
export const LifecycleVerb = z
  .enum([
    'submit',
    'recall',
    'return',
    'select',
    'publish',
    'amend',
    'suspend',
    'resume',
    'withdraw',
    'retire',
    'reopen',
    'edit',
    'discard',
    'create',
  ])
  .meta({ id: 'LifecycleVerb' });
export type LifecycleVerb = z.infer<typeof LifecycleVerb>;
