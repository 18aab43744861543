import type { Queryable } from '@xiangjing/db';
import type { Logger, Meter } from '@xiangjing/platform';
import type { ErrorCode } from '@xiangjing/scenario-sdk';
import { writeRefusal } from '../watching/refusals.ts';

/** Something in a feed's topic that was left out: where it lies, and why. */
export interface LeftOut {
  origin: string;
  view: string;
  at: string;
  code: string;
  reason: string;
  /** Digest of its bytes and signature, where `at` is a claim that several records make. */
  digest?: string;
}

/** Rows for one feed in one hour; what comes on top is counted only, so that a stranger's flood does not fill the table. */
const ROWS = 20;
const ROWS_MS = 3_600_000;
const REMEMBERED = 1_000;
const RIGHTS = 'only the origin may write to its topic: see on the province who else can, with xiangjing federation topics --plan';
const REMEDY = `it was left out and the feed goes on; ${RIGHTS}`;
/** What the operator of the receiving node can do about a record in a topic. Its feed does not wait for it. */
const REMEDIES: Partial<Record<ErrorCode, string>> = {
  SIGNATURE_INVALID: `it was left out, and the good event of that number comes by HTTPS; ${RIGHTS}; if no stranger can, compare the keys of the origin in the registry with its operator`,
  SOURCE_MISMATCH: `it was left out, being of another feed or of nobody; ${RIGHTS}; if no stranger can, ask the operator of the origin which program wrote it`,
  SEQUENCE_GAP: `it was left out, because the feed is in another epoch; ${RIGHTS}; if the origin itself began a new epoch, settle it with its operator`,
  CHAIN_BROKEN: `it was left out, and what follows comes by HTTPS; the origin signed it: ask its operator whether a second node or an old backup uses its key; and see that nobody repeats old records: xiangjing federation topics --plan`,
};

/** Tells the operator of records left out, once each: in table `refusal`, with an alarm, and counted. */
export function createSetAsides({ pool, log, meter }: { pool: Queryable; log: Logger; meter: Meter }): (record: LeftOut) => Promise<void> {
  const counter = meter.createCounter('xiangjing_feed_left_out_records', { description: 'what of feeds in topics was left out, by code' });
  const told = new Set<string>();
  const budgets = new Map<string, { until: number; left: number }>();

  function budgetOf(feed: string): { until: number; left: number } {
    const now = performance.now();
    const held = budgets.get(feed);
    const budget = held && held.until > now ? held : { until: now + ROWS_MS, left: ROWS };
    budgets.set(feed, budget);
    return budget;
  }

  /** The row first: while it cannot be written the record comes again, and uses up nothing. */
  return async ({ origin, view, at, code, reason, digest = '' }) => {
    const key = [origin, view, at, code, digest].join(' ');
    if (told.has(key)) return;
    const budget = budgetOf(`${origin} ${view}`);
    if (budget.left > 0) {
      const remedy = REMEDIES[code as ErrorCode] ?? REMEDY;
      await writeRefusal(pool, { peer: null, origin, view, code, message: `${origin}/${view}, ${at} of its topic: ${reason}`, remedy });
      budget.left -= 1;
      log.error({ alarm: true, origin, view, at, code, reason, remedy }, 'a record of a topic was left out; its feed goes on');
    }
    counter.add(1, { origin, view, code });
    if (told.size >= REMEMBERED) told.clear();
    told.add(key);
  };
}
