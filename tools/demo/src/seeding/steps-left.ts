import { LIFECYCLE } from '@xiangjing/scenario-sdk';
import { JOURNEYS, type Journey, type Step } from '../seeds/journey.ts';

/** The steps a record still has before it: a start that was broken off goes on where the record stands. */
export function stepsLeft(journey: Journey, at: { stage: string; suspended: boolean }): readonly Step[] {
  const steps: readonly Step[] = JOURNEYS[journey];
  const here = at.suspended ? 'suspended' : at.stage;
  const after = steps.map((step) => (step.verb === 'suspend' ? 'suspended' : LIFECYCLE[step.verb].to));
  return steps.slice(after.lastIndexOf(here as (typeof after)[number]) + 1);
}
