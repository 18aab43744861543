/** One feed that is read here, as it stands now. */
export interface FeedSight {
  /** Everything known of it is here, nothing stops it, and its origin was heard lately. */
  isLevel: boolean;
  /** Stopped, waiting for what no road brings, or not heard for a while: an outage, from which it must recover first. */
  isOut: boolean;
  road: string;
  comparedAtMs: number | null;
}
export interface ComparisonDue {
  /** Hourly, each feed at a moment of its own. */
  dueAtMs: number;
  wasOut: boolean;
  road: string;
  comparedAtMs: number | null;
}

export const COMPARE_EVERY_MS = 3_600_000;
/** Not all at the very start of a node, and not all at once. */
export const FIRST_COMPARE_MS = 60_000;
/** A road that comes and goes does not make a comparison each time. */
export const LEAST_GAP_MS = 60_000;

/**
 * When a feed is compared next: each hour with jitter, and at once when it is level again after an outage or came by another road.
 * A comparison made meanwhile, by this process or another, settles it.
 */
export function comparisonDue(before: ComparisonDue | null, sight: FeedSight, nowMs: number, random: () => number): ComparisonDue {
  const { comparedAtMs, road } = sight;
  const hourly = () => comparedAtMs! + COMPARE_EVERY_MS * (0.9 + 0.2 * random());
  if (!before) {
    const dueAtMs = comparedAtMs === null ? nowMs + FIRST_COMPARE_MS * random() : hourly();
    return { dueAtMs, wasOut: sight.isOut, road, comparedAtMs };
  }
  const isNewlyCompared = comparedAtMs !== null && comparedAtMs !== before.comparedAtMs;
  const isBack = (before.wasOut && !sight.isOut) || (road !== before.road && !sight.isOut);
  const dueAtMs = isNewlyCompared ? hourly() : before.dueAtMs;
  const soonMs = Math.max(nowMs, (comparedAtMs ?? Number.NEGATIVE_INFINITY) + LEAST_GAP_MS);
  return { dueAtMs: isBack ? Math.min(dueAtMs, soonMs) : dueAtMs, wasOut: sight.isOut, road, comparedAtMs };
}

/** Only level feeds are compared: a difference would tell nothing else. */
export const isDue = (due: ComparisonDue, sight: FeedSight, nowMs: number): boolean => sight.isLevel && due.dueAtMs <= nowMs;
