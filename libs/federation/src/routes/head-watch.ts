import { openListener, type Listener, type Queryable } from '@xiangjing/db';
import type { Logger } from '@xiangjing/platform';
import { WIRE_GENERATION } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import { ownViews } from '../views.ts';
import type { FeedHead } from '../wire.ts';

export interface HeadWatch {
  start(url: string): Promise<void>;
  /** Heads of what this node can serve, by `<origin> <view>`; `at` marks the moment they were asked for. */
  read(): Promise<{ at: number; heads: ReadonlyMap<string, FeedHead> }>;
  /** Resolves once anything changed after `at` (at once if it has already), or at the deadline, a hang-up or the end of the watch. */
  changed(at: number, deadlineMs: number, hangUp: AbortSignal): Promise<void>;
  isStopped(): boolean;
  stop(): Promise<void>;
}

interface HeadRow extends Omit<FeedHead, 'heardAt' | 'release' | 'wireGeneration'> {
  heardAt: Date | null;
  release: string | null;
  wireGeneration: number | null;
}
interface HeadWatchOptions {
  pool: Queryable;
  adcode: string;
  clock: Clock;
  log: Logger;
  /** What this node says of itself with the heads of its own feeds. */
  release?: string;
}

/** Wakes all waiting long polls of this process with one connection, however many cities wait. */
export function createHeadWatch({ pool, adcode, clock, log, release }: HeadWatchOptions): HeadWatch {
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
      `select $1 as origin, view, epoch, seq, digest, seq as "headSeq", null::timestamptz as "heardAt", $3::text as release,
         $4::int as "wireGeneration" from feed_head where view = any ($2)
       union all
       select c.origin, c.view, c.epoch, c.seq, c.digest, c.head_seq, c.heard_at, n.release, n.wire_generation
       from peer_cursor c left join peer_node n on n.adcode = c.origin where c.view = 'peer'`,
      [adcode, ownViews(adcode), release ?? null, release === undefined ? null : WIRE_GENERATION],
    );
    return { at, heads: new Map(rows.map((row) => [`${row.origin} ${row.view}`, headOf(row)])) };
  }

  /** Nodes that say nothing of themselves are passed on saying nothing. */
  const headOf = ({ release: ofNode, wireGeneration, heardAt, ...head }: HeadRow): FeedHead => ({
    ...head,
    heardAt: (heardAt ?? clock.now()).toISOString(),
    ...(ofNode === null || wireGeneration === null ? {} : { release: ofNode, wireGeneration }),
  });

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
