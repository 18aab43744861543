import type { Queryable } from '@xiangjing/db';
import type { HeldItem } from '../core/compare-sets.ts';
import { isRelayed } from '../views.ts';
import { bucketed, bucketsOfRows, type BucketRow, type Feed, type FeedBuckets } from './feed-buckets.ts';
import { RELAYED_NEWEST, RELAYED_REV, type Slice } from './sent-set.ts';

/**
 * Whether a row `b` of replica_bytes is held in full. A replica or fact that was lost from what this node serves does not count,
 * so that a hole in the readable tables shows as well as one in the stored bytes. A record shown from a richer view is in order.
 */
export const IS_WHOLE = `
  case
    when b.type like '%.upserted.v1' then exists (select from replica r where r.record_id = b.record_id
        and (r.view <> b.view or r.rev = b.rev and r.state = 'live'))
      and exists (select from listed_record l where l.id = b.record_id)
    when b.type like '%.retracted.v1' then exists (select from replica r where r.record_id = b.record_id
        and (r.state = 'live' and r.view <> b.view or r.state = 'retracted' and r.rev >= b.rev
          and not exists (select from listed_record l where l.id = b.record_id)))
    when b.type = 'fact.recorded.v1' then exists (select from replica_fact f where f.fact_id = right(b.record_id, 36))
    else true end`;

/**
 * Everything held by right of one view, found by looking and not by what was noted: bytes are digested anew, and what is shown
 * without any stored bytes is named too. An item that is not whole has no digest.
 */
const APPLIED = `
  select b.record_id as id, b.rev, b.seq, case when b.digest = encode(sha256(b.bytes), 'hex') and ${IS_WHOLE} then b.digest else '' end as digest
  from replica_bytes b where b.origin = $1 and b.view = $2
  union all
  select r.record_id, r.rev, null, '' from replica r where r.origin = $1 and r.view = $2
    and not exists (select from replica_bytes b where b.origin = $1 and b.view = $2 and b.record_id = r.record_id)
  union all
  select l.id, l.rev, null, '' from listed_record l where l.origin = $1 and not exists (select from replica r where r.record_id = l.id)
    and not exists (select from replica_bytes b where b.record_id = l.id)
  union all
  select f.subject, 1, null, '' from (select 'urn:xiangjing:' || origin || ':fact:' || fact_id as subject from replica_fact where origin = $1) f
  where not exists (select from replica_bytes b where b.record_id = f.subject)`;

const CARRIED = `
  select id, case when is_intact then rev else 0 end as rev, seq, case when is_intact then digest else '' end as digest
  from (select r.record_id as id, ${RELAYED_REV} as rev, r.seq, r.digest, r.digest = encode(sha256(r.bytes), 'hex') as is_intact
    from ${RELAYED_NEWEST}) carried`;

const heldIn = (adcode: string, view: string): string => (isRelayed(adcode, view) ? CARRIED : APPLIED);

/** What is held here of another node's feed. `queryable`: the apply login. */
export async function heldBuckets(queryable: Queryable, adcode: string, feed: Feed): Promise<FeedBuckets> {
  const head = 'select epoch, seq from peer_cursor where origin = $1 and view = $2';
  const { rows } = await queryable.query<BucketRow>(bucketed(head, heldIn(adcode, feed.view)), [feed.origin, feed.view]);
  return bucketsOfRows(feed, rows);
}

export interface HeldSlice {
  cursorSeq: number;
  items: HeldItem[];
}

/** The same part of the ids as one that was sent; no more than `limit`, for what is too much here was not sent. */
export async function heldItems(
  queryable: Queryable,
  adcode: string,
  feed: Feed,
  { buckets, after, upTo, limit }: Slice & { upTo: string | null; limit: number },
): Promise<HeldSlice> {
  const { rows } = await queryable.query<HeldItem & { cursorSeq: number }>(
    `with items as (${heldIn(adcode, feed.view)}), head as (select seq from peer_cursor where origin = $1 and view = $2)
     select h.seq as "cursorSeq", i.* from head h left join (
       select id, rev, digest, seq from items where get_byte(sha256(convert_to(id, 'UTF8')), 0) = any ($3::int[])
         and id collate "C" > $4 and ($5::text is null or id collate "C" <= $5) order by id collate "C" limit $6) i on true`,
    [feed.origin, feed.view, buckets, after, upTo, limit],
  );
  const items = rows.filter((row) => row.id !== null).map(({ id, rev, digest, seq }) => ({ id, rev, digest, seq }));
  return { cursorSeq: rows[0]?.cursorSeq ?? 0, items };
}
