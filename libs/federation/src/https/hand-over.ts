import type { Logger } from '@xiangjing/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf, type FeedPosition } from '../core/feed.ts';
import type { FollowSource, IncomingPage } from '../event-log.ts';
import type { FeedCursor } from '../wire.ts';
import { createRests } from './rests.ts';

/** Hands pages over to who takes them, so that one feed does not wait for another. */
export interface HandOver {
  /** Resolves once the page was taken or not, or when it takes too long: it is left to itself then. */
  hand(source: FollowSource, page: IncomingPage): Promise<void>;
  /** A page of the feed may be asked for: none is being taken, and it does not rest. */
  isFree(feed: Feed): boolean;
  /** The feed rests for a while. */
  rest(feed: Feed, reason: Error): void;
  /** Until a resting feed is due. */
  untilDueMs(): number;
  /** Where the feed is to be read on: the source's cursor, or what it has taken of this reading since. */
  furthest(cursor: FeedCursor): FeedCursor;
  /** A new reading: the source's cursors hold. */
  begin(): void;
}
interface Feed {
  origin: string;
  view: string;
}

const PATIENCE_MS = 1_000;

/** `onLate`: a page that was left to itself has been taken, its feed may be asked for again. */
export function createHandOver({ log, onLate }: { log: Logger; onLate(): void }): HandOver {
  const rests = createRests();
  const beingTaken = new Set<string>();
  const reached = new Map<string, FeedPosition>();

  async function take(source: FollowSource, page: IncomingPage): Promise<void> {
    const { origin, view } = page;
    try {
      await source.take(page);
      rests.clear(keyOf(page));
      reached.set(keyOf(page), endOf(page));
    } catch (error) {
      if (rests.note(keyOf(page), error)) log.warn({ err: error, origin, view }, 'a page could not be taken and comes again');
    }
  }

  return {
    async hand(source, page) {
      const key = keyOf(page);
      beingTaken.add(key);
      const patience = new AbortController();
      let isLate = false;
      const taking = take(source, page).then(() => {
        beingTaken.delete(key);
        patience.abort();
        if (isLate) onLate();
      });
      const waiting = sleep(PATIENCE_MS, undefined, { signal: patience.signal }).then(
        () => (isLate = true),
        () => {},
      );
      await Promise.race([taking, waiting]);
    },
    isFree: (feed) => !beingTaken.has(keyOf(feed)) && !rests.has(keyOf(feed)),
    rest: (feed, reason) => void rests.note(keyOf(feed), reason),
    untilDueMs: rests.untilMs,
    furthest(cursor) {
      const own = reached.get(keyOf(cursor));
      return own && own.epoch === cursor.epoch && own.seq > cursor.seq ? { ...cursor, ...own } : cursor;
    },
    begin: () => reached.clear(),
  };
}

const keyOf = ({ origin, view }: Feed): string => `${origin} ${view}`;

const endOf = ({ epoch, from, events }: IncomingPage): FeedPosition => ({
  epoch,
  seq: from + events.length,
  digest: digestOf(Buffer.from(events.at(-1)!.bytes, 'base64')),
});
