import { feedDigests, type DigestCache, type FeedDigest } from '@xiangjing/federation';
import type { ServiceContext } from '../kernel/context.ts';
import { queryable } from '../kernel/queryable.ts';

const caches = new WeakMap<object, DigestCache>();

/**
 * Digests of all feeds, each reckoned anew only once its feed has moved or was compared: a page asks every few seconds, and a feed
 * has a hundred thousand rows. What changed by hand shows with the next comparison, which looks at every row.
 */
export function digestsOf(ctx: ServiceContext): Promise<FeedDigest[]> {
  const cache: DigestCache = caches.get(ctx.db) ?? new Map();
  caches.set(ctx.db, cache);
  return feedDigests(queryable(ctx.db), ctx.node.adcode, cache);
}
