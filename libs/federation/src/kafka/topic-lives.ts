import type { Queryable } from '@xiangjing/db';
import { DomainError } from '@xiangjing/scenario-sdk';
import { genesis } from '../core/feed.ts';
import type { TopicLife } from '../core/topic-life.ts';

/** A life with the digest of its last acknowledged event. */
export interface SentLife extends TopicLife {
  digest: string;
}

/** What the brokers did not do, and what to do about it. */
export interface LogFault {
  code: string;
  message: string;
  remedy?: string | undefined;
}

/** What a node keeps of its topics, so that a restart goes on where it was, and whoever looks sees how it stands with the brokers. */
export interface TopicLives {
  read(view: string): Promise<SentLife | null>;
  save(view: string, life: SentLife): Promise<void>;
  fail(view: string, error: LogFault): Promise<void>;
  /** What keeps this node from reading topics; null: nothing does. */
  noteReading(fault: LogFault | null): Promise<void>;
}

/** The reading of all topics is of no own view, and has a row of its own. */
const READING = '';

/** Kept in `log_cursor`, beside the feed. `pool`: publisher. */
export function createTopicLives({ pool, adcode }: { pool: Queryable; adcode: string }): TopicLives {
  async function fail(view: string, { code, message, remedy }: LogFault): Promise<void> {
    await pool.query(
      `insert into log_cursor (view, epoch, seq, incarnation, log_offset, attempted_at, error_code, error_text)
       values ($1, 1, 0, '', -1, now(), $2, $3)
       on conflict (view) do update set attempted_at = now(), error_code = excluded.error_code, error_text = excluded.error_text`,
      [view, code, remedy ? `${message}; ${remedy}` : message],
    );
  }

  return {
    async read(view) {
      const { rows } = await pool.query<Omit<SentLife, 'digest'> & { digest: string | null }>(
        `select c.incarnation, c.epoch, c.seq, c.log_offset as offset, f.digest
         from log_cursor c left join feed f using (view, epoch, seq) where view = $1 and c.incarnation <> ''`,
        [view],
      );
      const [life] = rows;
      if (!life) return null;
      const digest = life.seq === 0 ? genesis(adcode, view, life.epoch).digest : life.digest;
      if (digest) return { ...life, digest };
      throw new DomainError('EQUIVOCATION', `the topic holds event ${life.seq} of ${view}, which this database does not have`, {
        remedy: 'this database is older than what it sent: stop the node and restore the newest copy',
      });
    },
    async save(view, { incarnation, epoch, seq, offset }) {
      await pool.query(
        `insert into log_cursor (view, epoch, seq, incarnation, log_offset, acked_at, attempted_at) values ($1, $2, $3, $4, $5, now(), now())
         on conflict (view) do update set epoch = excluded.epoch, seq = excluded.seq, incarnation = excluded.incarnation,
           log_offset = excluded.log_offset, acked_at = now(), attempted_at = now(), error_code = null, error_text = null`,
        [view, epoch, seq, incarnation, offset],
      );
    },
    fail,
    async noteReading(fault) {
      if (fault) await fail(READING, { ...fault, message: `reading the topics: ${fault.message}` });
      else await pool.query('update log_cursor set error_code = null, error_text = null where view = $1', [READING]);
    },
  };
}
