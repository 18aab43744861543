import type { Queryable } from '@xiangjing/db';
import type { SetItem } from '../core/set-digest.ts';
import { PAGE_BYTES } from '../wire.ts';
import { bucketed, bucketsOfRows, type Feed, type FeedBuckets, type BucketRow } from './feed-buckets.ts';
import type { PlacedEvent } from './wire-compare.ts';

/** Newest event per record of an own feed. */
const OWN = `select distinct on (record_id) record_id as id, rev, digest from feed where $1::text is not null and view = $2 order by record_id, seq desc`;

/**
 * The revision that relayed bytes name, read without trusting them to be JSON. Keys are sorted, so it stands behind the data, before
 * at most 1,400 bytes of attributes of the envelope.
 */
export const RELAYED_REV = `coalesce(substring(encode(substring(bytes from greatest(octet_length(bytes) - 1400, 1)), 'escape')
  from '"fedversion":(\\d{1,15}),"fed')::bigint, 0)`;
/** The rows `r` of relay that are the newest of their records: found without the bytes, which are much to sort. */
export const RELAYED_NEWEST = `(select record_id, max(seq) as seq from relay where origin = $1 and view = $2 group by record_id) newest
  join relay r on r.origin = $1 and r.view = $2 and r.record_id = newest.record_id and r.seq = newest.seq`;
const RELAYED = `select r.record_id as id, ${RELAYED_REV} as rev, r.digest from ${RELAYED_NEWEST}`;

const itemsOf = (adcode: string, { origin }: Feed): string => (origin === adcode ? OWN : RELAYED);
const headOf = (adcode: string, { origin }: Feed): string =>
  origin === adcode
    ? 'select epoch, seq from feed_head where $1::text is not null and view = $2'
    : 'select epoch, seq from peer_cursor where origin = $1 and view = $2';

/** What a feed that this node serves has sent, its own or one it passes on, in buckets. `queryable`: the publisher login. */
export async function sentBuckets(queryable: Queryable, adcode: string, feed: Feed): Promise<FeedBuckets> {
  const { rows } = await queryable.query<BucketRow>(bucketed(headOf(adcode, feed), itemsOf(adcode, feed)), [feed.origin, feed.view]);
  return bucketsOfRows(feed, rows);
}

export interface Slice {
  buckets: readonly number[];
  /** Ids above this one, in the order of their bytes. */
  after: string;
}
export interface SentSlice {
  epoch: number;
  seq: number;
  items: SetItem[];
  /** Up to and with this id; null: to the end. */
  upTo: string | null;
}

/** What these buckets hold, at most `limit` items of it. Read in one statement with the head that it belongs to. */
export async function sentItems(queryable: Queryable, adcode: string, feed: Feed, slice: Slice & { limit: number }): Promise<SentSlice> {
  const { buckets, after, limit } = slice;
  const { rows } = await queryable.query<{ epoch: number; seq: number } & SetItem>(
    `with head as (${headOf(adcode, feed)}), items as (${itemsOf(adcode, feed)})
     select h.epoch, h.seq, i.* from head h left join (
       select id, rev, digest from items where get_byte(sha256(convert_to(id, 'UTF8')), 0) = any ($3::int[]) and id collate "C" > $4
       order by id collate "C" limit $5) i on true`,
    [feed.origin, feed.view, buckets, after, limit + 1],
  );
  const { epoch, seq } = rows[0] ?? { epoch: 1, seq: 0 };
  const items = rows.filter((row) => row.id !== null).map(({ id, rev, digest }) => ({ id, rev, digest }));
  const isMore = items.length > limit;
  if (isMore) items.pop();
  return { epoch, seq, items, upTo: isMore ? items.at(-1)!.id : null };
}

/**
 * The newest event of each of these records, as many as one page holds, the first whatever its size; `rest`: those to ask for again.
 * Ids that the feed does not have are passed over.
 */
export async function sentEvents(
  queryable: Queryable,
  adcode: string,
  feed: Feed,
  ids: readonly string[],
): Promise<{ events: PlacedEvent[]; rest: string[] }> {
  const from = feed.origin === adcode ? 'feed where $1::text is not null and view = $2' : 'relay where origin = $1 and view = $2';
  const { rows } = await queryable.query<{ id: string; epoch: number; seq: number; bytes: Buffer | null; signature: string }>(
    `select id, epoch, seq, signature, case when nth = 1 or total <= $4 then bytes end as bytes from (
       select *, sum(octet_length(bytes)) over (order by place) as total, row_number() over (order by place) as nth from (
         select distinct on (record_id) record_id as id, epoch, seq, bytes, signature, array_position($3::text[], record_id) as place
         from ${from} and record_id = any ($3) order by record_id, seq desc) newest) paged
     order by place`,
    [feed.origin, feed.view, ids, PAGE_BYTES],
  );
  const events = rows.flatMap(({ epoch, seq, bytes, signature }) =>
    bytes ? [{ epoch, seq, bytes: bytes.toString('base64'), signature }] : [],
  );
  return { events, rest: rows.flatMap(({ id, bytes }) => (bytes ? [] : [id])) };
}
