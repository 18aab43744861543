import type { Queryable } from '@xiangjing/db';
import { BUCKETS_SQL, rootOf } from './core/set-digest.ts';
import { isProvince } from './views.ts';

export interface FeedDigest {
  origin: string;
  view: string;
  side: 'sent' | 'received';
  epoch: number;
  seq: number;
  root: string;
  count: number;
}
interface BucketRow {
  origin: string;
  view: string;
  epoch: number;
  seq: number;
  bucket: number | null;
  count: number | null;
  sum: string | null;
}

/** Newest event per record of an own feed. */
const SENT = `select distinct on (view, record_id) view, record_id as id, rev, digest from feed order by view, record_id, seq desc`;

/**
 * Newest event per record as held from others. A replica that was lost from what this node serves does not count as held, so that
 * a hole in the readable tables shows as well as one in the stored bytes.
 */
const HELD = `
  select b.origin, b.view, b.record_id as id, b.rev, b.digest from replica_bytes b
  where case
    when b.type like '%.upserted.v1' then exists (select from replica r where r.record_id = b.record_id and r.rev >= b.rev)
      and exists (select from listed_record l where l.id = b.record_id)
    when b.type like '%.retracted.v1' then exists (select from replica r where r.record_id = b.record_id and r.rev >= b.rev)
    when b.type = 'fact.recorded.v1' then exists (select from replica_fact f where f.fact_id = right(b.record_id, 36))
    else true end`;

const grouped = (heads: string, items: string): string => `
  with heads as (${heads}), all_items as (${items})
  select h.origin, h.view, h.epoch, h.seq, d.bucket, d.count, d.sum from heads h
  left join lateral (with items as (select id, rev, digest from all_items i where i.origin = h.origin and i.view = h.view) ${BUCKETS_SQL}) d on true
  order by h.origin, h.view, d.bucket`;

/**
 * Own feeds as sent and other nodes' feeds as held; equal roots at equal (epoch, seq) mean equal content. Each side is read in one
 * statement with its head, so that both belong together. `queryable`: the app login.
 */
export async function feedDigests(queryable: Queryable, adcode: string): Promise<FeedDigest[]> {
  const sent = await queryable.query<BucketRow>(
    grouped('select $1::text as origin, view, epoch, seq from feed_head', `select $1::text as origin, s.* from (${SENT}) s`),
    [adcode],
  );
  const held = await queryable.query<BucketRow>(
    grouped("select origin, view, epoch, seq from peer_cursor where not ($1 and view = 'peer')", HELD),
    [isProvince(adcode)],
  );
  return [...rootsOf(sent.rows, 'sent'), ...rootsOf(held.rows, 'received')];
}

/** The digest of a feed this node serves: its own, or one it passes on. `queryable`: the publisher login. */
export async function servedDigest(queryable: Queryable, adcode: string, { origin, view }: { origin: string; view: string }) {
  const relayed = `select distinct on (origin, view, record_id) origin, view, record_id as id,
    (convert_from(bytes, 'UTF8')::jsonb ->> 'fedversion')::bigint as rev, digest from relay
    where origin = $1 and view = $2 order by origin, view, record_id, seq desc`;
  const { rows } = await queryable.query<BucketRow>(
    origin === adcode
      ? grouped(
          'select $1::text as origin, view, epoch, seq from feed_head where view = $2',
          `select $1::text as origin, s.* from (${SENT}) s`,
        )
      : grouped('select origin, view, epoch, seq from peer_cursor where origin = $1 and view = $2', relayed),
    [origin, view],
  );
  return rootsOf(rows, 'sent')[0] ?? { origin, view, epoch: 1, seq: 0, ...rootOf([]) };
}

function rootsOf(rows: readonly BucketRow[], side: FeedDigest['side']): FeedDigest[] {
  const feeds = Map.groupBy(rows, (row) => `${row.origin} ${row.view}`);
  return [...feeds.values()].map((feed) => {
    const { origin, view, epoch, seq } = feed[0]!;
    const buckets = feed.flatMap(({ bucket, count, sum }) =>
      bucket === null || count === null ? [] : [{ bucket: Number(bucket), count: Number(count), sum: BigInt(sum ?? 0) }],
    );
    return { origin, view, side, epoch: Number(epoch), seq: Number(seq), ...rootOf(buckets) };
  });
}
