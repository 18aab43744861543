import type { Queryable } from '@xiangjing/db';
import { DomainError, type View } from '@xiangjing/scenario-sdk';
import { genesis, type FeedPosition } from '../core/feed.ts';
import { digestAt } from './feed-writer.ts';

/** How far the province acknowledged own feeds, kept for the next start and for whoever looks. `pool`: publisher. */
export interface PushCursor {
  read(): Promise<FeedPosition>;
  /** `events`: how many this node's push carried; where the cursor moved without them, the log did. */
  save(cursor: FeedPosition, events: number): Promise<void>;
  fail(error: unknown, at: FeedPosition): Promise<void>;
}

export function createPushCursor(
  pool: Queryable,
  { adcode, view, skewMs }: { adcode: string; view: View; skewMs: () => number },
): PushCursor {
  return {
    async read() {
      const { rows } = await pool.query<{ epoch: number; seq: number }>('select epoch, seq from push_cursor where view = $1', [view]);
      const at = { ...genesis(adcode, view), ...rows[0] };
      const digest = await digestAt(pool, adcode, view, at);
      return digest ? { ...at, digest } : genesis(adcode, view);
    },
    async save({ epoch, seq }, events) {
      await pool.query(
        `insert into push_cursor (view, epoch, seq, acked_at, attempted_at, clock_skew_ms) values ($1, $2, $3, now(), now(), $4)
         on conflict (view) do update set epoch = excluded.epoch, seq = excluded.seq, acked_at = now(), attempted_at = now(),
           error_code = null, error_text = null, clock_skew_ms = excluded.clock_skew_ms,
           road = case when $5 then 'https' when excluded.seq > push_cursor.seq then 'kafka' else push_cursor.road end`,
        [view, epoch, seq, skewMs(), events > 0],
      );
    },
    async fail(error, { epoch, seq }) {
      const [code, text] =
        error instanceof DomainError ? [error.code, `${error.message}; ${error.remedy}`] : ['INTERNAL', 'see the log lines of this node'];
      await pool.query(
        `insert into push_cursor (view, epoch, seq, attempted_at, error_code, error_text, clock_skew_ms) values ($1, $2, $3, now(), $4, $5, $6)
         on conflict (view) do update set attempted_at = now(), error_code = excluded.error_code, error_text = excluded.error_text,
           clock_skew_ms = excluded.clock_skew_ms`,
        [view, epoch, seq, code, text, skewMs()],
      );
    },
  };
}
