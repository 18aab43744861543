import { pauseAfter } from '../loop.ts';

/** When to look again for topics that are missing: soon after they were first missed, for somebody may be about to make them. */
export interface Recheck {
  /** Until the next look; longer from look to look. */
  nextMs(): number;
  /** What was looked for is there, or something else is missing by now. */
  reset(): void;
}

const FIRST_MS = 1_000;

export function createRecheck({ longestMs, random }: { longestMs: number; random: () => number }): Recheck {
  let looks = 0;
  return {
    nextMs: () => pauseAfter((looks += 1), { first: FIRST_MS, longest: longestMs, random }),
    reset: () => void (looks = 0),
  };
}
