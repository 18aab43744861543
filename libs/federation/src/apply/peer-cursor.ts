import type { Queryable } from '@xiangjing/db';
import { columns } from '../columns.ts';
import { genesis, type FeedPosition } from '../core/feed.ts';
import type { HeardHead, IncomingPage, LogMark } from '../event-log.ts';

export interface PeerCursor {
  cursor: FeedPosition;
  halted: string | null;
}
/**
 * The cursor of one feed, locked until the transaction ends; made at the feed's start where there is none. A page that tells no
 * head shows one by its events, which are verified by now.
 */
export async function readCursor(client: Queryable, page: IncomingPage): Promise<PeerCursor> {
  const { origin, view, heardAt } = page;
  const start = genesis(origin, view);
  const { rows } = await client.query<FeedPosition & { halted: string | null }>(
    `insert into peer_cursor (origin, view, epoch, seq, digest, head_seq, heard_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (origin, view) do update
       set head_seq = greatest(peer_cursor.head_seq, excluded.head_seq), heard_at = greatest(peer_cursor.heard_at, excluded.heard_at)
     returning epoch, seq, digest, halted_code as halted`,
    [origin, view, start.epoch, start.seq, start.digest, page.headSeq ?? page.from + page.events.length, heardAt],
  );
  const { halted, ...cursor } = rows[0]!;
  return { cursor, halted };
}

/**
 * A bad record in a log leaves a hole that the other road fills, so that whoever can write there cannot stop the feed; what the
 * origin signed twice under one number stops it on any road.
 */
export const stopsFeed = ({ road }: IncomingPage, code: string): boolean =>
  code === 'EQUIVOCATION' || (code !== 'SEQUENCE_GAP' && road === 'https');

interface Moved {
  before: PeerCursor;
  cursor: FeedPosition;
  fault: { code: string; message: string } | null;
  now: Date;
}

/**
 * Moves the cursor, with the place in the log where reading goes on, and marks or clears the halt. A gap is no halt: the sender
 * goes on from the cursor it is told. True if the feed came to a halt just now, so that a feed tried again and again raises one alarm.
 */
export async function saveCursor(client: Queryable, page: IncomingPage, { before, cursor, fault, now }: Moved): Promise<boolean> {
  const { origin, view, road, headSeq, mark } = page;
  const halt = fault && stopsFeed(page, fault.code) ? fault : null;
  const isMoved = cursor.seq !== before.cursor.seq;
  const isOpen = !halt && !isMoved && (headSeq ?? Infinity) > cursor.seq; // nothing followed the event that stopped it: the halt stays
  if (isOpen || (!isMoved && (halt?.code ?? null) === before.halted)) return false;
  const haltRow = [halt?.code ?? null, halt?.message ?? null];
  const markRow = [mark?.incarnation ?? null, mark?.nextOffset ?? null];
  await client.query(
    `update peer_cursor set epoch = $3, seq = $4, digest = $5, head_seq = greatest(head_seq, $4),
       applied_at = case when $6 then $7 else applied_at end,
       halted_code = $8, halted_reason = $9, halted_at = case when $8::text is null then null else coalesce(halted_at, $7) end,
       road = case when $6 then $10 else road end,
       incarnation = coalesce($11, incarnation), log_offset = coalesce($12, log_offset)
     where origin = $1 and view = $2`,
    [origin, view, cursor.epoch, cursor.seq, cursor.digest, isMoved, now, ...haltRow, road, ...markRow],
  );
  return halt !== null && halt.code !== before.halted;
}

/** What is heard of feeds besides events; no feed twice. */
export async function noteHeads(client: Queryable, heads: readonly HeardHead[]): Promise<void> {
  if (heads.length === 0) return;
  await client.query(
    `insert into peer_cursor (origin, view, epoch, seq, digest, head_seq, heard_at)
     select * from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::bigint[], $7::timestamptz[])
     on conflict (origin, view) do update
       set head_seq = greatest(peer_cursor.head_seq, excluded.head_seq), heard_at = greatest(peer_cursor.heard_at, excluded.heard_at)`,
    columns(heads, ({ origin, view, headSeq, heardAt }) => {
      const start = genesis(origin, view);
      return [origin, view, start.epoch, start.seq, start.digest, headSeq, heardAt];
    }),
  );
}

/** A feed as read so far. */
export interface HeldFeed {
  origin: string;
  view: string;
  cursor: FeedPosition;
  mark: LogMark | null;
  headSeq: number;
  isDegraded: boolean;
}
interface HeldRow extends FeedPosition {
  origin: string;
  view: string;
  head_seq: number;
  incarnation: string | null;
  log_offset: number | null;
  degraded: boolean;
}

/** Where feeds stand; at their start where nothing of them was heard yet. */
export async function readFeeds(queryable: Queryable, feeds: readonly { origin: string; view: string }[]): Promise<HeldFeed[]> {
  const { rows } = await queryable.query<HeldRow>(
    `select origin, view, epoch, seq, digest, head_seq, incarnation, log_offset, degraded_at is not null as degraded from peer_cursor
     where (origin, view) in (select * from unnest($1::text[], $2::text[]))`,
    [feeds.map((feed) => feed.origin), feeds.map((feed) => feed.view)],
  );
  const held = new Map(rows.map((row) => [`${row.origin} ${row.view}`, row]));
  return feeds.map(({ origin, view }) => {
    const row = held.get(`${origin} ${view}`);
    if (!row) return { origin, view, cursor: genesis(origin, view), mark: null, headSeq: 0, isDegraded: false };
    const { epoch, seq, digest, incarnation, log_offset: nextOffset } = row;
    const mark = incarnation === null || nextOffset === null ? null : { incarnation, nextOffset };
    return { origin, view, cursor: { epoch, seq, digest }, mark, headSeq: row.head_seq, isDegraded: row.degraded };
  });
}

/** Where reading of the log goes on, after a page that held nothing new. */
export async function saveMark(
  queryable: Queryable,
  { origin, view, mark }: { origin: string; view: string; mark: LogMark },
): Promise<void> {
  await queryable.query('update peer_cursor set incarnation = $3, log_offset = $4 where origin = $1 and view = $2', [
    origin,
    view,
    mark.incarnation,
    mark.nextOffset,
  ]);
}

/** That a feed waits for events which no road brings, or, without reason, that it no longer does. */
export async function noteDegraded(
  queryable: Queryable,
  { origin, view, reason, now }: { origin: string; view: string; reason: string | null; now: Date },
): Promise<void> {
  await queryable.query(
    `update peer_cursor set degraded_at = case when $3::text is null then null else coalesce(degraded_at, $4) end, degraded_reason = $3
     where origin = $1 and view = $2`,
    [origin, view, reason, now],
  );
}
