import { digestOf } from './feed.ts';

/** What one side holds of a record in one view: its newest event, live or retracted. */
export interface SetItem {
  id: string;
  rev: number;
  digest: string;
}
export interface Bucket {
  bucket: number;
  count: number;
  sum: bigint;
}

export const BUCKETS = 256;
const MODULUS = 1n << 60n;

export const bucketOf = (id: string): number => Number.parseInt(digestOf(id).slice(0, 2), 16);
export const fingerprintOf = (item: SetItem): bigint => BigInt(`0x${digestOf(`${item.id}\n${item.rev}\n${item.digest}`).slice(0, 15)}`);

/** How fingerprints combine. Added, never XORed: equal pairs would cancel, and a set with two copies would look empty. */
export const addFingerprints = (a: bigint, b: bigint): bigint => (a + b) % MODULUS;

/** Both sides of a view in 256 buckets, so that a difference is narrowed down before ids are compared. Empty ones are left out. */
export function bucketsOf(items: Iterable<SetItem>, combine = addFingerprints): Bucket[] {
  const buckets = new Map<number, Bucket>();
  for (const item of items) {
    const bucket = bucketOf(item.id);
    const before = buckets.get(bucket) ?? { bucket, count: 0, sum: 0n };
    buckets.set(bucket, { bucket, count: before.count + 1, sum: combine(before.sum, fingerprintOf(item)) });
  }
  return [...buckets.values()].sort((a, b) => a.bucket - b.bucket);
}

/** One digest over all buckets: equal roots at the same feed position mean equal content. */
export function rootOf(buckets: readonly Bucket[]): { root: string; count: number } {
  const filled = buckets.filter((b) => b.count > 0);
  return {
    root: digestOf(filled.map((b) => `${b.bucket}:${b.count}:${b.sum}`).join('\n')),
    count: filled.reduce((total, b) => total + b.count, 0),
  };
}

/** The same reckoning in SQL, over rows `items(id, rev, digest)`: bucket, count, sum. */
export const BUCKETS_SQL = `
  select get_byte(sha256(convert_to(id, 'UTF8')), 0) as bucket, count(*)::int as count,
         mod(sum(('x' || left(encode(sha256(convert_to(id || E'\\n' || rev || E'\\n' || digest, 'UTF8')), 'hex'), 15))::bit(60)::bigint), ${MODULUS})::text as sum
  from items group by 1 order by 1`;
