import { openListener, type Listener, type Queryable } from '@xiangjing/db';
import type { Logger } from '@xiangjing/platform';
import type { Clock } from './clock.ts';
import { ownViews } from './views.ts';
import type { FeedHead } from './wire.ts';

export interface HeadWatch {
  start(url: string): Promise<void>;
  /** Heads of what this node can serve, by `<origin> <view>`; `at` marks the moment they were asked for. */
  read(): Promise<{ at: number; heads: ReadonlyMap<string, FeedHead> }>;
  /** Resolves once anything changed after `at` (at once if it has already), or at the deadline, a hang-up or the end of the watch. */
  changed(at: number, deadlineMs: number, hangUp: AbortSignal): Promise<void>;
  isStopped(): boolean;
  stop(): Promise<void>;
}

interface HeadRow extends Omit<FeedHead, 'heardAt'> {
  heardAt: Date | null;
}

/** Wakes all waiting long polls of this process with one connection, however many cities wait. */
export function createHeadWatch({ pool, adcode, clock, log }: { pool: Queryable; adcode: string; clock: Clock; log: Logger }): HeadWatch {
  const waiting = new Set<() => void>();
  let changes = 0;
  let reading: ReturnType<HeadWatch['read']> | undefined;
  const wake = () => {
    changes += 1;
    for (const resume of Array.from(waiting)) resume(); // each takes itself out
  };
  let listener: Listener | undefined;
  let isStopped = false;

  async function readHeads() {
    const at = changes;
    const { rows } = await pool.query<HeadRow>(
      `select $1 as origin, view, epoch, seq, digest, seq as "headSeq", null::timestamptz as "heardAt" from feed_head where view = any ($2)
       union all
       select origin, view, epoch, seq, digest, head_seq, heard_at from peer_cursor where view = 'peer'`,
      [adcode, ownViews(adcode)],
    );
    const heads = new Map(
      rows.map((row) => [`${row.origin} ${row.view}`, { ...row, heardAt: (row.heardAt ?? clock.now()).toISOString() }]),
    );
    return { at, heads };
  }

  return {
    async start(url) {
      listener = await openListener(url, { xiangjing_feed: wake, xiangjing_relay: wake }, (error) =>
        log.warn({ err: error }, 'the wake-up connection of the publisher was lost'),
      );
    },
    read() {
      if (!reading) {
        reading = readHeads();
        setImmediate(() => (reading = undefined)); // all polls woken by one signal share one query, begun after it
      }
      return reading;
    },
    changed: (at, deadlineMs, hangUp) =>
      new Promise((resolve) => {
        if (isStopped || hangUp.aborted || at !== changes) return resolve();
        const end = () => {
          clearTimeout(timer);
          waiting.delete(end);
          hangUp.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, deadlineMs);
        waiting.add(end);
        hangUp.addEventListener('abort', end);
      }),
    isStopped: () => isStopped,
    async stop() {
      isStopped = true;
      wake();
      await listener?.close();
    },
  };
}
