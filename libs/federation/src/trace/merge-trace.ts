import { TRACE_STEPS, type TraceStep } from './wire-trace.ts';

/**
 * Two halves of one journey as one, each step once: by revision, and within one by the order of the journey, for the clocks of two
 * nodes may differ.
 */
export function mergeTrace(...halves: readonly (readonly TraceStep[])[]): TraceStep[] {
  const steps = [...new Map(halves.flat().map((step) => [step.id, step])).values()];
  const place = ({ step }: TraceStep) => TRACE_STEPS.indexOf(step);
  const text = (step: TraceStep) => `${step.at ?? ''} ${step.view ?? ''} ${step.id}`;
  return steps.sort((a, b) => a.rev - b.rev || place(a) - place(b) || (text(a) < text(b) ? -1 : 1));
}
