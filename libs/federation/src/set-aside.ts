import type { Queryable } from '@xiangjing/db';
import type { Logger, Meter } from '@xiangjing/platform';
import { FEED_REMEDIES, writeRefusal } from './refusals.ts';

/** Something in a feed's topic that was left out: where it lies, and why. */
export interface LeftOut {
  origin: string;
  view: string;
  at: string;
  code: string;
  reason: string;
}

/** Rows for one feed in one hour; what comes on top is counted only, so that a stranger's flood does not fill the table. */
const ROWS = 20;
const ROWS_MS = 3_600_000;
const REMEMBERED = 1_000;
const REMEDY =
  'it was left out and the feed goes on; only the origin may write to its topic: compare the rights with xiangjing federation topics --plan';

/** Tells the operator of records left out, once each: in table `refusal`, with an alarm, and counted. */
export function createSetAsides({ pool, log, meter }: { pool: Queryable; log: Logger; meter: Meter }): (record: LeftOut) => Promise<void> {
  const counter = meter.createCounter('xiangjing_feed_left_out_records', { description: 'what of feeds in topics was left out, by code' });
  const told = new Set<string>();
  const budgets = new Map<string, { until: number; left: number }>();

  function mayTell(feed: string): boolean {
    const now = performance.now();
    const held = budgets.get(feed);
    const budget = held && held.until > now ? held : { until: now + ROWS_MS, left: ROWS };
    budgets.set(feed, { ...budget, left: budget.left - 1 });
    return budget.left > 0;
  }

  return async ({ origin, view, at, code, reason }) => {
    const key = [origin, view, at, code].join(' ');
    if (told.has(key)) return;
    if (told.size >= REMEMBERED) told.clear();
    counter.add(1, { origin, view, code });
    if (mayTell(`${origin} ${view}`)) {
      const remedy = (FEED_REMEDIES as Record<string, string>)[code] ?? REMEDY;
      log.error({ alarm: true, origin, view, at, code, reason }, 'a record of a topic was left out; its feed goes on');
      await writeRefusal(pool, { peer: null, origin, view, code, message: `${origin}/${view}, ${at} of its topic: ${reason}`, remedy });
    }
    told.add(key);
  };
}
