import type { LifecycleVerb } from '@xiangjing/scenario-sdk';

/** How a verb is told once it is done: the name of its event. */
export const PAST: Record<LifecycleVerb | 'classify', string> = {
  create: 'created',
  edit: 'edited',
  amend: 'amended',
  classify: 'classified',
  discard: 'discarded',
  submit: 'submitted',
  recall: 'recalled',
  return: 'returned',
  select: 'selected',
  publish: 'published',
  suspend: 'suspended',
  resume: 'resumed',
  withdraw: 'withdrawn',
  retire: 'retired',
  reopen: 'reopened',
};
