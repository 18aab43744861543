import type { Logger, Meter } from '@xiangjing/platform';
import { z } from '@xiangjing/scenario-sdk';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { genesis } from '../core/feed.ts';
import { readPage, wireEventOf } from '../https/read-page.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { isProvince } from '../views.ts';
import { CursorText, MAX_EVENTS, PAGE_BYTES, type FeedAnswer, type FeedCursor, type FeedHead, type FeedPage } from '../wire.ts';
import { serveComparison } from './compare-routes.ts';
import { mountFederation, readInput, type FederationScope } from './federation-scope.ts';
import { createHeadWatch } from './head-watch.ts';
import { mayRead, refuseView } from './may-read.ts';
import { serveTrace } from './trace-route.ts';

export interface PublisherRoutesOptions {
  /** The publisher login, from `createPool`. */
  pool: pg.Pool;
  adcode: string;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  meter: Meter;
  /** The longest that an answer waits for something new. */
  longPollMs?: number;
  /** What this node says of itself with its heads. */
  release?: string;
}

const LONG_POLL_MS = 25_000;
const MAX_CURSORS = 64;
const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.preprocess((v) => (Array.isArray(v) ? v : [v]), z.array(item).min(1).max(MAX_CURSORS));
/** `limit` of 0: heads only, at once. */
const FeedQuery = z.object({
  cursor: oneOrMany(CursorText),
  wait: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).max(MAX_EVENTS).default(MAX_EVENTS),
});
const RegistryQuery = z.object({ version: z.coerce.number().int().min(0).default(0) });

/**
 * GET feed and registry under /federation/v1, and what comparisons and traces ask. The province serves its own `down` and, as received, the cities' `peer`;
 * a city is never asked and answers nothing.
 */
export function publisherRoutes(options: PublisherRoutesOptions): (app: FastifyInstance) => void {
  const { pool, adcode, registry, clock, meter, longPollMs = LONG_POLL_MS } = options;
  const watch = createHeadWatch(options);
  const served = meter.createCounter('xiangjing_feed_served_events', { description: 'events handed out in feed pages' });

  async function getFeed({ asker, notYours }: FederationScope, request: FastifyRequest, reply: FastifyReply) {
    const node = await asker(request, reply);
    if (!node) return reply;
    const { cursor: cursors, wait, limit } = readInput(FeedQuery, request.query);
    const foreign = cursors.find((cursor) => !mayRead(adcode, node, cursor));
    if (foreign) return refuseView(notYours, reply, node, foreign);
    const hangUp = new AbortController();
    reply.raw.once('close', () => hangUp.abort());
    const endsAt = performance.now() + (limit === 0 ? 0 : Math.min(wait, longPollMs));
    for (;;) {
      const { at, heads } = await watch.read();
      const pages = limit === 0 ? [] : await readPages(cursors, heads, limit);
      const leftMs = endsAt - performance.now();
      if (pages.length > 0 || leftMs <= 0 || hangUp.signal.aborted) return answerOf(cursors, heads, pages);
      await watch.changed(at, leftMs, hangUp.signal);
      if (watch.isStopped()) return answerOf(cursors, heads, []);
    }
  }

  async function readPages(cursors: readonly FeedCursor[], heads: ReadonlyMap<string, FeedHead>, limit: number): Promise<FeedPage[]> {
    const pages: FeedPage[] = [];
    let total = 0;
    for (const cursor of cursors) {
      const { origin, view, epoch, seq, digest } = cursor;
      if (total > PAGE_BYTES || (heads.get(`${origin} ${view}`)?.seq ?? 0) <= seq) continue;
      const rows = (await readPage(pool, adcode, cursor)).slice(0, limit);
      total += rows.reduce((sum, row) => sum + row.bytes.length, 0);
      if (rows.length > 0) pages.push({ origin, view, epoch, from: seq, prev: digest, events: rows.map(wireEventOf) });
      served.add(rows.length, { origin, view });
    }
    return pages;
  }

  function answerOf(cursors: readonly FeedCursor[], heads: ReadonlyMap<string, FeedHead>, pages: FeedPage[]): FeedAnswer {
    const now = clock.now().toISOString();
    const known = cursors.flatMap(({ origin, view }) => {
      const head = heads.get(`${origin} ${view}`);
      if (head) return [head];
      return origin === adcode ? [{ ...genesis(origin, view), origin, view, headSeq: 0, heardAt: now }] : [];
    });
    return { pages, heads: known, now, registryVersion: registry.current()?.version ?? 0 };
  }

  async function getRegistry({ asker }: FederationScope, request: FastifyRequest, reply: FastifyReply) {
    if (!(await asker(request, reply))) return reply;
    const { version } = readInput(RegistryQuery, request.query);
    await registry.refresh();
    return { registry: (registry.current()?.version ?? 0) > version ? registry.signed() : null };
  }

  return (app) =>
    mountFederation(app, options, (scope) => {
      scope.app.get('/feed', (request, reply) => getFeed(scope, request, reply));
      scope.app.get('/registry', (request, reply) => getRegistry(scope, request, reply));
      serveComparison(scope, options);
      serveTrace(scope, options);
      if (!isProvince(adcode)) return;
      app.addHook('onReady', () => watch.start(pool.options.connectionString!));
      app.addHook('preClose', () => watch.stop());
    });
}
