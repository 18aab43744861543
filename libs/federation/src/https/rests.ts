import { pauseAfter } from '../loop.ts';

/** A feed that stands still: what follows its cursor is not to be taken, and only other bytes can set it going again. */
export class FeedStandsError extends Error {
  readonly code: string;

  constructor(fault: { code: string; message: string }) {
    super(fault.message);
    this.name = 'FeedStandsError';
    this.code = fault.code;
  }
}

/** Feeds that are left out for a while after a page of theirs was not taken. */
export interface Rests {
  has(key: string): boolean;
  /** True for the first failure in a row. */
  note(key: string, error: unknown): boolean;
  clear(key: string): void;
  /** Until the next of them is due; infinite where none rests. */
  untilMs(): number;
}

const STANDING_MS = { first: 1_000, later: 60_000 };
const FAILED_MS = { first: 250, longest: 5_000 };

/** A feed that stands is asked once more after a second and then every minute; one that this node failed to take, much sooner. */
export function createRests(random: () => number = Math.random): Rests {
  const resting = new Map<string, { until: number; times: number }>();
  const isDue = ({ until }: { until: number }) => until <= performance.now();
  return {
    has: (key) => resting.has(key) && !isDue(resting.get(key)!),
    note(key, error) {
      const times = (resting.get(key)?.times ?? 0) + 1;
      const standing = times === 1 ? STANDING_MS.first : STANDING_MS.later;
      const pauseMs = error instanceof FeedStandsError ? standing : pauseAfter(times, { ...FAILED_MS, random });
      resting.set(key, { times, until: performance.now() + pauseMs });
      return times === 1;
    },
    clear: (key) => void resting.delete(key),
    untilMs: () =>
      Math.max(
        0,
        Math.min(Infinity, ...[...resting.values()].filter((rest) => !isDue(rest)).map(({ until }) => until - performance.now())),
      ),
  };
}
