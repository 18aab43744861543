import type { Queryable } from '@xiangjing/db';
import { columns } from './columns.ts';
import { genesis, type FeedPosition } from './core/feed.ts';

export interface PeerCursor {
  cursor: FeedPosition;
  halted: string | null;
}
interface Heard {
  origin: string;
  view: string;
  headSeq: number;
  heardAt: Date;
}

/** The cursor of one feed, locked until the transaction ends; made at the feed's start where there is none. */
export async function readCursor(client: Queryable, { origin, view, headSeq, heardAt }: Heard): Promise<PeerCursor> {
  const start = genesis(origin, view);
  const { rows } = await client.query<FeedPosition & { halted: string | null }>(
    `insert into peer_cursor (origin, view, epoch, seq, digest, head_seq, heard_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (origin, view) do update
       set head_seq = greatest(peer_cursor.head_seq, excluded.head_seq), heard_at = greatest(peer_cursor.heard_at, excluded.heard_at)
     returning epoch, seq, digest, halted_code as halted`,
    [origin, view, start.epoch, start.seq, start.digest, headSeq, heardAt],
  );
  const { halted, ...cursor } = rows[0]!;
  return { cursor, halted };
}

interface Moved {
  before: PeerCursor;
  cursor: FeedPosition;
  fault: { code: string; message: string } | null;
  now: Date;
}

/**
 * Moves the cursor, and marks or clears the halt. A gap is no halt: the sender goes on from the cursor it is told. True if the
 * feed came to a halt just now, so that a feed tried again and again raises one alarm.
 */
export async function saveCursor(
  client: Queryable,
  { origin, view, headSeq }: Heard,
  { before, cursor, fault, now }: Moved,
): Promise<boolean> {
  const halt = fault && fault.code !== 'SEQUENCE_GAP' ? fault : null;
  const isMoved = cursor.seq !== before.cursor.seq;
  const isOpen = !halt && !isMoved && headSeq > cursor.seq; // nothing followed the event that stopped it: the halt stays
  if (isOpen || (!isMoved && (halt?.code ?? null) === before.halted)) return false;
  await client.query(
    `update peer_cursor set epoch = $3, seq = $4, digest = $5, head_seq = greatest(head_seq, $4),
       applied_at = case when $6 then $7 else applied_at end,
       halted_code = $8, halted_reason = $9, halted_at = case when $8::text is null then null else coalesce(halted_at, $7) end
     where origin = $1 and view = $2`,
    [origin, view, cursor.epoch, cursor.seq, cursor.digest, isMoved, now, halt?.code ?? null, halt?.message ?? null],
  );
  return halt !== null && halt.code !== before.halted;
}

/** What the province says of feeds that brought nothing: their heads, and when their nodes were last heard. */
export async function noteHeads(client: Queryable, heads: readonly Heard[]): Promise<void> {
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
