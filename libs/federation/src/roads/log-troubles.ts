import type { Queryable } from '@xiangjing/db';
import type { Logger } from '@xiangjing/platform';
import type { RoadHealth } from '../event-log.ts';
import { topicMissing } from '../kafka/faults.ts';
import { writeRefusal, type RefusalRow } from '../watching/refusals.ts';

/** A broker that starts again is no trouble. */
const LASTS_MS = 15_000;
/** What comes and goes is told once in this time. */
const AGAIN_MS = 3_600_000;

interface Trouble {
  sinceMs: number;
  isTold: boolean;
}

/** Tells what keeps topics from being read, with what to do about it, where operators look: in table `refusal`, once it lasts. */
export function createLogTroubles({ pool, log, nowMs }: { pool: Queryable; log: Logger; nowMs(): number }) {
  const standing = new Map<string, Trouble>();
  const toldMs = new Map<string, number>();

  async function tell(key: string, row: RefusalRow): Promise<void> {
    if (nowMs() - (toldMs.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    await writeRefusal(pool, row);
    toldMs.set(key, nowMs());
    const { origin, view, code, message, remedy } = row;
    log.error({ alarm: true, origin, view, code, reason: message, remedy }, 'topics cannot be read');
  }

  return async (health: RoadHealth): Promise<void> => {
    const present = new Map(rowsOf(health).map((row) => [[row.origin, row.view, row.code, row.remedy].join(' '), row]));
    for (const [key, { isTold }] of standing) {
      if (present.has(key)) continue;
      standing.delete(key);
      if (isTold) log.info({ was: key }, 'topics are read again');
    }
    for (const [key, row] of present) {
      const trouble = standing.get(key) ?? { sinceMs: nowMs(), isTold: false };
      standing.set(key, trouble);
      if (trouble.isTold || nowMs() - trouble.sinceMs < LASTS_MS) continue;
      await tell(key, row);
      trouble.isTold = true;
    }
  };
}

function rowsOf({ lastError, missing = [] }: RoadHealth): RefusalRow[] {
  const absent = missing.map((feed): RefusalRow => {
    const { code, message, remedy } = topicMissing([feed]);
    return { peer: null, origin: feed.origin, view: feed.view, code, message, remedy };
  });
  if (!lastError || lastError.code === 'TOPIC_MISSING') return absent; // which of them, the feeds say
  const { code, message, remedy } = lastError;
  return [{ peer: null, origin: null, view: null, code, message: `reading the topics: ${message}`, remedy }, ...absent];
}
