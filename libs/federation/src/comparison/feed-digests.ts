import type { Queryable } from '@xiangjing/db';
import { isProvince } from '../views.ts';
import { bucketed, bucketsOfRows, digestOfBuckets, type BucketRow, type Feed, type FeedBuckets } from './feed-buckets.ts';
import { IS_WHOLE } from './held-set.ts';
import { sentBuckets } from './sent-set.ts';

export interface FeedDigest extends Feed {
  side: 'sent' | 'received';
  epoch: number;
  seq: number;
  root: string;
  count: number;
}
interface Head extends Feed {
  side: FeedDigest['side'];
  /** Changes with each event and each comparison: until then a digest stays what it was. */
  mark: string;
}
/** Digests by feed, for who asks often. A change by hand shows in them once a comparison has found it. */
export type DigestCache = Map<string, { mark: string; digest: FeedDigest }>;

/**
 * Own feeds as sent and other nodes' feeds as held; equal roots at equal (epoch, seq) mean equal content. Each side is read in one
 * statement with its head, so that both belong together. `queryable`: the app login, which sees digests and no bytes.
 */
export async function feedDigests(queryable: Queryable, adcode: string, cache: DigestCache = new Map()): Promise<FeedDigest[]> {
  const digests: FeedDigest[] = [];
  for (const { side, mark, ...feed } of await readHeads(queryable, adcode)) {
    const key = `${side} ${feed.origin} ${feed.view}`;
    const known = cache.get(key);
    if (known?.mark === mark) {
      digests.push(known.digest);
      continue;
    }
    const found = side === 'sent' ? await sentBuckets(queryable, adcode, feed) : await receivedBuckets(queryable, feed);
    const digest = { ...digestOfBuckets(found), side };
    cache.set(key, { mark, digest });
    digests.push(digest);
  }
  return digests;
}

async function readHeads(queryable: Queryable, adcode: string): Promise<Head[]> {
  const { rows } = await queryable.query<Head>(
    `select $1::text as origin, view, 'sent' as side, concat_ws('/', epoch, seq) as mark from feed_head
     union all
     select p.origin, p.view, 'received', concat_ws('/', p.epoch, p.seq, c.at) from peer_cursor p
       left join comparison c on c.origin = p.origin and c.view = p.view where not ($2 and p.view = 'peer')
     order by side desc, origin, view`,
    [adcode, isProvince(adcode)],
  );
  return rows;
}

async function receivedBuckets(queryable: Queryable, feed: Feed): Promise<FeedBuckets> {
  const { rows } = await queryable.query<BucketRow>(
    bucketed(
      'select epoch, seq from peer_cursor where origin = $1 and view = $2',
      `select b.record_id as id, b.rev, b.digest from replica_bytes b where b.origin = $1 and b.view = $2 and ${IS_WHOLE}`,
    ),
    [feed.origin, feed.view],
  );
  return bucketsOfRows(feed, rows);
}
