import { openListener, type Listener } from '@xiangjing/db';
import { comparisonDue, isDue, LEAST_GAP_MS, type ComparisonDue, type FeedSight } from '../core/comparison-due.ts';
import { createProvinceClient } from '../https/province-client.ts';
import { createLoop } from '../loop.ts';
import type { Signer } from '../registry/keys.ts';
import { createSerial } from '../serial.ts';
import { isProvince } from '../views.ts';
import { compareFeed, type FeedComparison } from './compare-feed.ts';
import type { Feed } from './feed-buckets.ts';
import { createHeldFeeds, type HeldFeeds, type HeldFeedsOptions } from './held-feeds.ts';

export interface ComparisonsOptions extends HeldFeedsOptions {
  signer: Signer;
  fetch?: typeof fetch;
  random?: () => number;
  /** How often it looks which feeds are due. */
  tickMs?: number;
}
export interface Comparisons {
  /** For apply-routes: the steps, and what the province asks the origin of a feed for in its answer to a push. */
  held: HeldFeeds;
  wants(origin: string, view: string): { digest: true } | null;
  start(): Promise<void>;
  /**
   * A city compares every level feed that it reads, and tells those that could be compared; the province asks for it with each city's
   * next push, and has nothing to tell yet.
   */
  compareNow(): Promise<FeedComparison[]>;
  stop(): Promise<void>;
}

const TICK_MS = 15_000;
/** Twice the heartbeat of the log of topics and more. */
const SILENT_MS = 90_000;

interface Row extends Feed {
  seq: number;
  headSeq: number;
  heardAt: Date;
  isStopped: boolean;
  road: string;
  comparedAt: Date | null;
}
const keyOf = ({ origin, view }: Feed): string => `${origin} ${view}`;

/**
 * When which feed is compared: hourly, after an outage, and when `requestComparison` asks for it. Several processes may run it;
 * the table of comparisons tells each what another has done.
 */
export function createComparisons(options: ComparisonsOptions): Comparisons {
  const { pool, adcode, registry, clock, log, random = Math.random, tickMs = TICK_MS } = options;
  const steps = createHeldFeeds(options);
  const client = createProvinceClient(options);
  const serially = createSerial();
  const agenda = new Map<string, { feed: Feed; sight: FeedSight; due: ComparisonDue }>();
  let isAsked = false;
  let listener: Listener | undefined;

  async function refresh(): Promise<void> {
    const now = clock.now().getTime();
    const { rows } = await pool.query<Row>(
      `select p.origin, p.view, p.seq, p.head_seq as "headSeq", p.heard_at as "heardAt", p.road, c.at as "comparedAt",
         p.halted_code is not null or p.degraded_at is not null as "isStopped"
       from peer_cursor p left join comparison c on c.origin = p.origin and c.view = p.view`,
    );
    for (const { origin, view, ...row } of rows) {
      const feed = { origin, view };
      const sight = sightOf(row, now);
      agenda.set(keyOf(feed), { feed, sight, due: comparisonDue(agenda.get(keyOf(feed))?.due ?? null, sight, now, random) });
    }
    if (!isAsked) return;
    isAsked = false;
    for (const entry of agenda.values()) entry.due = { ...entry.due, dueAtMs: now };
  }

  /** A feed that cannot be compared waits for its next turn, and keeps no other waiting. */
  async function compareDue(signal?: AbortSignal): Promise<FeedComparison[]> {
    const found: FeedComparison[] = [];
    for (const entry of agenda.values()) {
      const { feed, sight, due } = entry;
      if (signal?.aborted || !isDue(due, sight, clock.now().getTime())) continue;
      try {
        const comparison = await compareFeed(client, held, feed, signal);
        found.push(comparison);
        if (comparison.equal === false) log.warn({ ...comparison }, 'a feed was compared and differed');
      } catch (err) {
        if (signal?.aborted) break;
        entry.due = { ...due, dueAtMs: clock.now().getTime() + LEAST_GAP_MS };
        log.warn({ err, ...feed }, 'a feed could not be compared and is tried again later');
      }
    }
    return found;
  }

  const held: HeldFeeds = {
    ...steps,
    async judgeDigest(sent) {
      const verdict = await steps.judgeDigest(sent);
      if (verdict.level) await refresh(); // the question is answered, and not put again with the next push
      return verdict;
    },
  };

  const isMember = async (): Promise<boolean> => {
    if (!registry.trust()) await registry.refresh();
    return registry.trust() !== null && registry.current() !== null;
  };
  const round = (signal?: AbortSignal) =>
    serially(async () => {
      if (!isProvince(adcode) && !(await isMember())) return [];
      await refresh();
      return isProvince(adcode) ? [] : compareDue(signal);
    });
  const loop = createLoop({
    step: async (signal) => {
      await round(signal);
      return false;
    },
    idleMs: tickMs,
    random,
    longestPauseMs: 60_000,
    onError: (err) => log.warn({ err }, 'comparing failed and is tried again'),
  });
  const ask = () => {
    isAsked = true;
    loop.wake();
  };

  return {
    held,
    wants(origin, view) {
      const entry = agenda.get(keyOf({ origin, view }));
      return isProvince(adcode) && entry && isDue(entry.due, entry.sight, clock.now().getTime()) ? { digest: true } : null;
    },
    async start() {
      listener = await openListener(pool.options.connectionString!, { xiangjing_compare: ask }, (err) =>
        log.warn({ err }, 'the wake-up connection of the comparisons was lost'),
      );
      loop.start();
    },
    compareNow() {
      isAsked = true;
      return round();
    },
    async stop() {
      await listener?.close();
      await loop.stop();
    },
  };
}

function sightOf({ seq, headSeq, heardAt, isStopped, road, comparedAt }: Omit<Row, keyof Feed>, nowMs: number): FeedSight {
  return {
    isLevel: !isStopped && seq >= headSeq,
    isOut: isStopped || nowMs - heardAt.getTime() > SILENT_MS,
    road,
    comparedAtMs: comparedAt?.getTime() ?? null,
  };
}
