import type { Journey } from '@xiangjing/federation';
import type { RecordJourney } from './schemas.ts';
import { sinceCommit } from './since-commit.ts';
import { told } from './told.ts';

/** A journey as a person reads it: the time each step took since the commit, and why the other half is missing. */
export const toldJourney = ({ steps, fault, ...journey }: Journey): RecordJourney => ({
  ...journey,
  steps: sinceCommit(steps),
  fault: fault && { code: fault.code, ...told(fault) },
});
