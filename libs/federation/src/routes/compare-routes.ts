import { DomainError, z } from '@xiangjing/scenario-sdk';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { digestOfBuckets, wireBuckets, type Feed } from '../comparison/feed-buckets.ts';
import type { HeldFeeds } from '../comparison/held-feeds.ts';
import { sentBuckets, sentEvents, sentItems } from '../comparison/sent-set.ts';
import { DigestPost, EventsPost, ItemsPost, MAX_IDS, MAX_ITEMS, Subject } from '../comparison/wire-compare.ts';
import { BUCKETS } from '../core/set-digest.ts';
import { isProvince, PUSHED_VIEWS } from '../views.ts';
import { readBody, readInput, type FederationScope } from './federation-scope.ts';
import { mayRead, refuseView } from './may-read.ts';

const many = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess((v) => (Array.isArray(v) || v === undefined ? v : [v]), z.array(item).min(1).max(most));
const FeedQuery = z.object({ origin: z.string(), view: z.string() });
const DigestQuery = FeedQuery.extend({ buckets: z.literal('true').optional() });
const BucketNumber = z.coerce
  .number()
  .int()
  .min(0)
  .max(BUCKETS - 1);
const ItemsQuery = FeedQuery.extend({ bucket: many(BucketNumber, BUCKETS), after: Subject.default('') });
const EventsQuery = FeedQuery.extend({ id: many(Subject, MAX_IDS) });

export interface ServeComparisonOptions {
  /** The publisher login. */
  pool: pg.Pool;
  adcode: string;
}

/** GET digest, items and events: a city compares what it holds of a feed that it may read with what this node has of it. */
export function serveComparison({ app, asker, notYours }: FederationScope, { pool, adcode }: ServeComparisonOptions): void {
  const serve = <Q extends Feed>(path: string, schema: z.ZodType<Q>, answer: (query: Q) => Promise<object>) =>
    app.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
      const node = await asker(request, reply);
      if (!node) return reply;
      const query = readInput(schema, request.query);
      return mayRead(adcode, node, query) ? answer(query) : refuseView(notYours, reply, node, query);
    });

  serve('/digest', DigestQuery, async ({ buckets, ...feed }) => {
    const found = await sentBuckets(pool, adcode, feed);
    return { ...digestOfBuckets(found), ...(buckets ? { buckets: wireBuckets(found.buckets) } : {}) };
  });
  serve('/items', ItemsQuery, async ({ origin, view, bucket, after }) => {
    const slice = await sentItems(pool, adcode, { origin, view }, { buckets: bucket, after, limit: MAX_ITEMS });
    return { origin, view, after, ...slice };
  });
  serve('/events', EventsQuery, ({ origin, view, id }) => sentEvents(pool, adcode, { origin, view }, id));
}

/**
 * POST digest, items and events, at the province: a city says what it sent, step by step, and learns what is missing here. Items and
 * events are taken only after a digest that differed: else a node could make work and rows here as long as it likes.
 */
export function takeComparison({ app, asker, note, notYours }: FederationScope, adcode: string, held: HeldFeeds): void {
  async function refuseUnlessOpen({ origin, view }: Feed): Promise<void> {
    if (await held.isOpen({ origin, view })) return;
    const message = `no comparison of ${origin}/${view} is open here that found a difference`;
    const remedy = 'post its digest when this node asks for one, and the rest soon after';
    await note({ peer: origin, origin, view, code: 'STAGE_CONFLICT', message, remedy });
    throw new DomainError('STAGE_CONFLICT', message, { remedy });
  }
  const take = <B extends Feed>(path: string, schema: z.ZodType<B>, answer: (body: B) => Promise<object>) =>
    app.post(path, async (request: FastifyRequest, reply: FastifyReply) => {
      const node = await asker(request, reply);
      if (!node) return reply;
      const body = readBody(schema, request.body);
      const { origin, view } = body;
      if (isProvince(adcode) && node.adcode === origin && origin !== adcode && PUSHED_VIEWS.some((pushed) => pushed === view))
        return answer(body);
      const message = `${node.adcode} answers for ${origin}/${view}, which is not its to push here`;
      await notYours(reply, { peer: node.adcode, origin, view, code: 'CROSS_NODE', message });
      return reply;
    });

  take('/digest', DigestPost, (post) => held.judgeDigest(post));
  take('/items', ItemsPost, async (post) => {
    await refuseUnlessOpen(post);
    return { ids: (await held.judgeItems(post)).wanted };
  });
  take('/events', EventsPost, async ({ events, ...feed }) => {
    await refuseUnlessOpen(feed);
    return held.repair(feed, events);
  });
}
