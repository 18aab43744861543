import type { Queryable } from '@xiangjing/db';
import { z, type DomainError } from '@xiangjing/scenario-sdk';
import type { Applier } from './applier.ts';
import { genesis } from './core/feed.ts';
import { createLoop } from './loop.ts';
import { noteHeads } from './peer-cursor.ts';
import { createProvinceClient, refusalOf } from './province-client.ts';
import type { Link, LinkOptions } from './push-link.ts';
import { writeRefusal } from './refusals.ts';
import { SignedRegistry } from './registry.ts';
import { createSerial } from './serial.ts';
import { cursorText, FeedAnswer, PREFIX, type FeedCursor, type FeedHead, type FeedPage } from './wire.ts';

const LONG_POLL_MS = 25_000;
const TIMEOUT_MS = 15_000;
const IDLE_MS = 1_000;
const HALTED_MS = { first: 1_000, later: 60_000 };
const RegistryAnswer = z.object({ registry: SignedRegistry.nullable() });

/**
 * A city's pull of the province's `down`, of the other cities' `peer` and of the registry, all cursors in one long poll. A feed
 * that stands still is left out, asked once more after a second and then every minute, so that the others go on.
 */
export function createPullLink(options: LinkOptions & { applier: Applier; longPollMs?: number }): Link {
  const { pool, adcode, registry, applier, clock, log, meter, random = Math.random, longPollMs = LONG_POLL_MS } = options;
  const client = createProvinceClient(options);
  const serially = createSerial();
  const pulled = meter.createCounter('xiangjing_feed_pulled_events', { description: 'events taken from the province' });
  const halted = new Map<string, { until: number; times: number }>();
  let isFirst = true;
  let lastRefusal = '';

  /** One answer; how many events it brought that were taken. */
  async function pull(waitMs: number, signal?: AbortSignal): Promise<{ taken: number; pages: number }> {
    const cursors = await readCursors(pool, feedsToRead(adcode, registry), (feed) => isHalted(feed));
    const query = new URLSearchParams([...cursors.map((c): [string, string] => ['cursor', cursorText(c)]), ['wait', String(waitMs)]]);
    const answer = await ask(`${PREFIX}/feed?${query.toString()}`, waitMs + TIMEOUT_MS, signal);
    const { pages, heads, registryVersion } = FeedAnswer.parse(answer);
    let taken = 0;
    for (const page of pages) taken += await applyPage(page, heads);
    await noteHeads(
      pool,
      heads.map((head) => ({ ...head, heardAt: heardHere(head) })),
    );
    if (registryVersion > (registry.current()?.version ?? 0)) await pullRegistry(signal);
    return { taken, pages: pages.length };
  }

  async function applyPage(page: FeedPage, heads: readonly FeedHead[]): Promise<number> {
    const head = heads.find((h) => h.origin === page.origin && h.view === page.view);
    const { fault, applied } = await applier.apply({
      ...page,
      headSeq: head?.headSeq ?? page.from + page.events.length,
      heardAt: head ? heardHere(head) : clock.now(),
      peer: registry.trust()!.province,
    });
    const key = `${page.origin} ${page.view}`;
    if (fault) {
      const times = (halted.get(key)?.times ?? 0) + 1;
      halted.set(key, { times, until: performance.now() + (times === 1 ? HALTED_MS.first : HALTED_MS.later) });
    } else halted.delete(key);
    pulled.add(applied, { origin: page.origin, view: page.view });
    return applied;
  }

  async function pullRegistry(signal?: AbortSignal): Promise<void> {
    const version = registry.current()?.version ?? 0;
    const { registry: newer } = RegistryAnswer.parse(await ask(`${PREFIX}/registry?version=${version}`, TIMEOUT_MS, signal));
    if (newer) await registry.accept(newer);
  }

  async function ask(path: string, timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
    const answer = await client.ask({ method: 'GET', path, timeoutMs, ...(signal ? { signal } : {}) });
    if (answer.status === 200) {
      lastRefusal = '';
      return answer.body;
    }
    const refusal = refusalOf(answer);
    if (refusal.code !== 'UPSTREAM_UNAVAILABLE' && lastRefusal !== refusal.code)
      await writeRefusal(pool, { ...refusalRow(refusal), peer: registry.trust()?.province ?? null });
    lastRefusal = refusal.code;
    throw refusal;
  }

  const isHalted = (feed: { origin: string; view: string }) => (halted.get(`${feed.origin} ${feed.view}`)?.until ?? 0) > performance.now();

  /** How long until a feed left out is asked again. */
  const untilRetryMs = () => Math.ceil(Math.max(0, Math.min(...[...halted.values()].map(({ until }) => until - performance.now()))));

  /** When the home node was last heard, by this node's clock: the province's may differ. */
  function heardHere(head: FeedHead): Date {
    const now = clock.now().getTime();
    return new Date(Math.min(now, new Date(head.heardAt).getTime() - client.skewMs()));
  }

  const loop = createLoop({
    async step(signal) {
      await registry.refresh();
      if (!registry.trust() || !registry.current()) return false;
      const startedAt = performance.now();
      const { pages } = await serially(() => pull(isFirst ? 0 : Math.min(longPollMs, untilRetryMs()), signal));
      isFirst = false;
      return pages > 0 || performance.now() - startedAt >= IDLE_MS;
    },
    idleMs: IDLE_MS,
    random,
    onError: (error) => {
      isFirst = true;
      log.warn({ err: error }, 'pulling failed and is tried again');
    },
  });

  return {
    async start() {
      loop.start();
    },
    async drain() {
      await registry.refresh();
      let total = 0;
      for (;;) {
        const { taken } = await serially(() => pull(0));
        if (taken === 0) return total;
        total += taken;
      }
    },
    stop: () => loop.stop(),
  };
}

/** The province's `down` and every other city's `peer`. */
function feedsToRead(adcode: string, registry: LinkOptions['registry']): { origin: string; view: string }[] {
  const province = registry.trust()?.province;
  const others = (registry.current()?.nodes ?? []).filter((node) => node.adcode !== adcode);
  return others.map((node) => ({ origin: node.adcode, view: node.adcode === province ? 'down' : 'peer' }));
}

async function readCursors(
  pool: Queryable,
  feeds: readonly { origin: string; view: string }[],
  isHalted: (feed: { origin: string; view: string }) => boolean,
): Promise<FeedCursor[]> {
  const { rows } = await pool.query<FeedCursor>('select origin, view, epoch, seq, digest from peer_cursor');
  const held = new Map(rows.map((row) => [`${row.origin} ${row.view}`, row]));
  return feeds
    .filter((feed) => !isHalted(feed))
    .map((feed) => held.get(`${feed.origin} ${feed.view}`) ?? { ...genesis(feed.origin, feed.view), ...feed });
}

const refusalRow = ({ code, message, remedy }: DomainError) => ({ origin: null, view: null, code, message, remedy });
