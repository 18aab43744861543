import type { TraceStep } from '@xiangjing/federation';

/**
 * Each step with the milliseconds since its revision was committed at home; null where one of the two times is not known. With
 * `isLatest` it is an upper bound, and two nodes' clocks may differ by what their time service leaves.
 */
export function sinceCommit(steps: readonly TraceStep[]): (TraceStep & { elapsedMs: number | null })[] {
  const committedAt = new Map(steps.flatMap(({ step, rev, at }) => (step === 'committed' && at !== null ? [[rev, Date.parse(at)]] : [])));
  return steps.map((step) => {
    const start = committedAt.get(step.rev);
    return { ...step, elapsedMs: start === undefined || step.at === null ? null : Date.parse(step.at) - start };
  });
}
