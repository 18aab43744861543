import type { Logger, Meter } from '@xiangjing/platform';
import { compareItems, differingBuckets, type Compared } from '../core/compare-sets.ts';
import type { Bucket } from '../core/set-digest.ts';
import { transact } from '../transact.ts';
import { addToComparison, isComparisonOpen, writeComparison, writeRepairs, type NotedRepair, type RepairRow } from './comparison-rows.ts';
import { bucketsIn, type Feed } from './feed-buckets.ts';
import { heldBuckets, heldItems } from './held-set.ts';
import { isRepair, repairEvents, type RepairOptions } from './repair-events.ts';
import { MAX_ITEMS, type PlacedEvent, type SentItems } from './wire-compare.ts';

export interface HeldFeedsOptions extends RepairOptions {
  log: Logger;
  meter: Meter;
}
type SentDigest = Feed & { epoch: number; seq: number; buckets: readonly { bucket: number; count: number; sum: string }[] };

/**
 * The holding side of a comparison, in steps that keep nothing between them: a city takes them with the province's answers, the
 * province with what a city posts.
 *
 * 1. Both at the same event: buckets that differ. Else nothing is said of the feed.
 * 2. The items of those, part by part: what to fetch, and what is here that was never sent, which is told and left alone.
 * 3. The newest events of those ids: verified, judged and stored. A repair that nobody can explain is a fault, so each raises an alarm.
 */
export interface HeldFeeds {
  judgeDigest(sent: SentDigest): Promise<{ level: boolean; buckets: number[] }>;
  /** Whether a digest was judged lately and differed, by any process of this node: only then is there more to say. */
  isOpen(feed: Feed): Promise<boolean>;
  judgeItems(sent: SentItems & { buckets: readonly number[] }): Promise<Compared>;
  repair(feed: Feed, events: readonly PlacedEvent[]): Promise<{ repaired: number; refused: number }>;
}

export function createHeldFeeds(options: HeldFeedsOptions): HeldFeeds {
  const { pool, adcode, clock, log, meter } = options;
  const counter = meter.createCounter('xiangjing_repairs_total', {
    description: 'differences that comparisons found, by outcome; one without a known incident is a fault',
  });

  function report({ origin, view }: Feed, noted: readonly NotedRepair[]): void {
    for (const { outcome } of noted) counter.add(1, { origin, view, outcome });
    const rows = noted.filter(({ isWritten }) => isWritten);
    if (rows.length === 0) return;
    const counts = Object.fromEntries([...Map.groupBy(rows, (row) => row.outcome)].map(([outcome, of]) => [outcome, of.length]));
    const { recordId, reason } = rows[0]!;
    log.error({ alarm: true, origin, view, counts, recordId, reason }, 'what is held here differed from what was sent');
  }

  return {
    async judgeDigest({ origin, view, epoch, seq, buckets }) {
      const held = await heldBuckets(pool, adcode, { origin, view });
      if (held.epoch !== epoch || held.seq !== seq) return { level: false, buckets: [] };
      const differing = differingBuckets(bucketsIn(buckets), held.buckets satisfies Bucket[]);
      await writeComparison(pool, { origin, view, epoch, seq, equal: differing.length === 0, at: clock.now() });
      return { level: true, buckets: differing };
    },

    isOpen: (feed) => isComparisonOpen(pool, feed, clock.now()),

    async judgeItems({ origin, view, seq, buckets, after, upTo, items }) {
      const feed = { origin, view };
      const held = await heldItems(pool, adcode, feed, { buckets, after, upTo, limit: 2 * MAX_ITEMS });
      const compared = compareItems({ seq, items }, held.items, held.cursorSeq);
      const told = compared.unknown.map(({ id, rev }): RepairRow => {
        return { recordId: id, rev, outcome: 'not-sent-by-origin', reason: 'held here, never sent by its home node; left as it is' };
      });
      const written = await transact(pool, async (client) => {
        await addToComparison(client, feed, { unknown: told.length });
        return writeRepairs(client, feed, clock.now(), told);
      });
      report(feed, written);
      return compared;
    },

    async repair(feed, events) {
      const rows = await repairEvents(options, feed, events);
      report(feed, rows);
      const repaired = rows.filter(isRepair).length;
      return { repaired, refused: rows.filter(({ outcome }) => outcome === 'refused').length };
    },
  };
}
