import type { FederationStatus } from '../../views.ts';

export interface Asked {
  askedAt: string;
  feeds: readonly { origin: string; view: string }[];
}
export interface Progress {
  state: 'running' | 'equal' | 'unequal' | 'late' | 'nothing';
  done: number;
  all: number;
  unequal: number;
  repaired: number;
}

/** A feed that has not come level by then is compared later, by itself. */
const PATIENCE_MS = 60_000;

/** How far a comparison asked for has come, by the newest comparison of each feed. */
export function progressOf({ askedAt, feeds }: Asked, comparisons: FederationStatus['comparisons'], nowMs: number): Progress {
  const fresh = comparisons.filter(
    ({ origin, view, at }) => at >= askedAt && feeds.some((feed) => feed.origin === origin && feed.view === view),
  );
  const unequal = fresh.filter(({ equal }) => !equal).length;
  const isDone = fresh.length === feeds.length;
  const isOver = nowMs - Date.parse(askedAt) > PATIENCE_MS;
  return {
    state: feeds.length === 0 ? 'nothing' : isDone ? (unequal > 0 ? 'unequal' : 'equal') : isOver ? 'late' : 'running',
    done: fresh.length,
    all: feeds.length,
    unequal,
    repaired: fresh.reduce((sum, { repaired }) => sum + repaired, 0),
  };
}
