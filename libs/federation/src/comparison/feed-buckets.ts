import { BUCKETS_SQL, rootOf, type Bucket } from '../core/set-digest.ts';

export interface Feed {
  origin: string;
  view: string;
}
/** One side of a feed, and the event it had come to. */
export interface FeedBuckets extends Feed {
  epoch: number;
  seq: number;
  buckets: Bucket[];
}
export interface BucketRow {
  epoch: number;
  seq: number;
  bucket: number | null;
  count: number | null;
  sum: string | null;
}

/** Buckets of `items` (id, rev, digest), in one statement with the position (epoch, seq) that they belong to. */
export const bucketed = (head: string, items: string): string => `
  with head as (${head}), items as materialized (${items})
  select h.epoch, h.seq, d.bucket, d.count, d.sum from head h left join (${BUCKETS_SQL}) d on true order by d.bucket`;

export function bucketsOfRows({ origin, view }: Feed, rows: readonly BucketRow[]): FeedBuckets {
  const { epoch, seq } = rows[0] ?? { epoch: 1, seq: 0 };
  return { origin, view, epoch: Number(epoch), seq: Number(seq), buckets: rows.flatMap(bucketOfRow) };
}

export const bucketOfRow = ({ bucket, count, sum }: Pick<BucketRow, 'bucket' | 'count' | 'sum'>): Bucket[] =>
  bucket === null || count === null ? [] : [{ bucket: Number(bucket), count: Number(count), sum: BigInt(sum ?? 0) }];

/** As they travel: the sums are too large for the numbers of JSON. */
export const wireBuckets = (buckets: readonly Bucket[]) => buckets.map((b) => ({ ...b, sum: String(b.sum) }));
export const bucketsIn = (wire: readonly { bucket: number; count: number; sum: string }[]): Bucket[] =>
  wire.map((b) => ({ ...b, sum: BigInt(b.sum) }));

export const digestOfBuckets = ({ buckets, ...at }: FeedBuckets) => ({ ...at, ...rootOf(buckets) });
