import type { Logger } from '@xiangjing/platform';
import { type z } from '@xiangjing/scenario-sdk';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { createProvinceClient, refusalOf } from '../https/province-client.ts';
import type { Signer } from '../registry/keys.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { PREFIX } from '../wire.ts';
import { wireBuckets } from './feed-buckets.ts';
import { sentBuckets, sentEvents, sentItems } from './sent-set.ts';
import { DigestVerdict, EventsVerdict, ItemsVerdict, MAX_IDS, MAX_ITEMS } from './wire-compare.ts';

export interface WantAnswererOptions {
  /** The publisher login. */
  pool: pg.Pool;
  adcode: string;
  signer: Signer;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  fetch?: typeof fetch;
  /** Between two answers for one view. */
  pauseMs?: number;
}
export interface WantAnswerer {
  /**
   * Does what the province asked for in its answer to a push of this view. Never rejects: what fails is asked again with the next
   * answer. One at a time for each view, and not each time it is told.
   */
  answerWant(want: { view: string; digest?: boolean | undefined }): Promise<void>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 30_000;
const PAUSE_MS = 5_000;

/**
 * A city's side of the province's comparisons. Nobody dials into a city, so the province only says that it wants one; the city posts
 * its buckets, the items of those that differ and the events that the province then asks for.
 */
export function createWantAnswerer(options: WantAnswererOptions): WantAnswerer {
  const { log, pauseMs = PAUSE_MS } = options;
  const running = new Map<string, Promise<void>>();
  const endedAt = new Map<string, number>();
  const stopping = new AbortController();

  return {
    answerWant({ view, digest }) {
      const isEarly = performance.now() - (endedAt.get(view) ?? Number.NEGATIVE_INFINITY) < pauseMs;
      if (!digest || isEarly || stopping.signal.aborted) return running.get(view) ?? Promise.resolve();
      const work =
        running.get(view) ??
        postComparison(options, view, stopping.signal)
          .catch((err: unknown) => {
            if (!stopping.signal.aborted) log.warn({ err, view }, 'a comparison that the province asked for failed; it will ask again');
          })
          .finally(() => {
            endedAt.set(view, performance.now());
            running.delete(view);
          });
      running.set(view, work);
      return work;
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

/** Buckets, items, events: false if the province stands at another event of this feed, so that nothing could be compared. */
async function postComparison(options: WantAnswererOptions, view: string, signal: AbortSignal): Promise<void> {
  const { pool, adcode } = options;
  const client = createProvinceClient(options);
  const feed = { origin: adcode, view };
  const post = async <T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> => {
    const request = {
      method: 'POST' as const,
      path: `${PREFIX}/${path}`,
      body: JSON.stringify({ ...feed, ...body }),
      timeoutMs: TIMEOUT_MS,
    };
    const answer = await client.ask({ ...request, signal });
    if (answer.status !== 200) throw refusalOf(answer);
    return schema.parse(answer.body);
  };
  const { epoch, seq, buckets: own } = await sentBuckets(pool, adcode, feed);
  const { level, buckets } = await post('digest', { epoch, seq, buckets: wireBuckets(own) }, DigestVerdict);
  if (!level || buckets.length === 0) return;
  for (let after = ''; ;) {
    const slice = await sentItems(pool, adcode, feed, { buckets, after, limit: MAX_ITEMS });
    const { ids: wanted } = await post('items', { ...slice, after, buckets }, ItemsVerdict);
    for (let at = 0; at < wanted.length; at += MAX_IDS) {
      for (let ids = wanted.slice(at, at + MAX_IDS); ids.length > 0;) {
        const { events, rest } = await sentEvents(pool, adcode, feed, ids);
        await post('events', { events }, EventsVerdict);
        ids = rest;
      }
    }
    if (slice.upTo === null) return;
    after = slice.upTo;
  }
}
