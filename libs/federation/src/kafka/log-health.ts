import { DomainError } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import type { RoadHealth } from '../event-log.ts';
import { topicMissing } from './faults.ts';

type Side = 'read' | 'write';
interface Feed {
  origin: string;
  view: string;
}
export interface LogHealth {
  progress(side: Side): void;
  fault(side: Side, error: unknown): void;
  /** The fault has passed, though nothing came of it yet. */
  passed(side: Side): void;
  /** An own feed whose topic could not be written. */
  unwritable(feed: Feed, isMissing: boolean): void;
  /** All feeds to be read that cannot be. */
  unreadable(feeds: readonly Feed[]): void;
  following(isFollowing: boolean): void;
  read(): RoadHealth;
  /** What keeps topics from being read. */
  readingFault(): RoadHealth['lastError'];
}

const ALIVE_MS = 15_000;

/**
 * What the log tells of itself. While it is followed, the fetches are its pulse. A log that is only written to has none between
 * two appends: the last of them speaks for it.
 */
export function createLogHealth(clock: Clock): LogHealth {
  const progressAt: Record<Side, number> = { read: Number.NEGATIVE_INFINITY, write: Number.NEGATIVE_INFINITY };
  const faults: Record<Side, RoadHealth['lastError']> = { read: null, write: null };
  const unwritable = new Map<string, Feed>();
  let unreadable: readonly Feed[] = [];
  let lastProgressAt: Date | null = null;
  let followers = 0;

  function absenceOf(feeds: readonly Feed[]): RoadHealth['lastError'] {
    if (feeds.length === 0) return null;
    const { code, message, remedy } = topicMissing(feeds);
    return { code, message, remedy: remedy ?? '', at: clock.now() };
  }

  return {
    progress(side) {
      progressAt[side] = performance.now();
      faults[side] = null;
      lastProgressAt = clock.now();
    },
    fault(side, error) {
      const { code, message, remedy } = error instanceof DomainError ? error : { code: 'INTERNAL', message: String(error), remedy: '' };
      faults[side] = { code, message, remedy: remedy ?? '', at: clock.now() };
    },
    passed(side) {
      faults[side] = null;
    },
    unwritable({ origin, view }, isMissing) {
      if (isMissing) unwritable.set(view, { origin, view });
      else unwritable.delete(view);
    },
    unreadable(feeds) {
      unreadable = feeds.map(({ origin, view }) => ({ origin, view }));
    },
    following(isFollowing) {
      followers += isFollowing ? 1 : -1;
    },
    read() {
      const isAlive =
        followers > 0 ? performance.now() - progressAt.read < ALIVE_MS : Number.isFinite(progressAt.write) && faults.write === null;
      const feeds = [...unreadable, ...unwritable.values()];
      const lastError = faults.read ?? faults.write ?? absenceOf(feeds);
      return { isAlive, lastProgressAt, lastError, missing: feeds };
    },
    readingFault: () => faults.read ?? absenceOf(unreadable),
  };
}
