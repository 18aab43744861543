import { expect, test } from 'vitest';
import {
  COMPARE_EVERY_MS,
  comparisonDue,
  FIRST_COMPARE_MS,
  isDue,
  LEAST_GAP_MS,
  type ComparisonDue,
  type FeedSight,
} from './comparison-due.ts';

const level: FeedSight = { isLevel: true, isOut: false, road: 'https', comparedAtMs: null };
const half = () => 0.5;
const see = (before: ComparisonDue | null, sight: FeedSight, nowMs: number) => comparisonDue(before, sight, nowMs, half);

test('first soon after the start, then hourly with jitter, whoever made the comparison', () => {
  const first = see(null, level, 0);
  expect(first.dueAtMs).toBe(FIRST_COMPARE_MS / 2);
  expect([isDue(first, level, first.dueAtMs - 1), isDue(first, level, first.dueAtMs)]).toEqual([false, true]);
  const compared = { ...level, comparedAtMs: 40_000 };
  const next = see(first, compared, 41_000);
  expect(next.dueAtMs).toBe(40_000 + COMPARE_EVERY_MS);
  expect(see(next, compared, 500_000).dueAtMs).toBe(next.dueAtMs);
  expect(see(null, compared, 500_000).dueAtMs).toBe(next.dueAtMs); // a restart changes nothing
  const spread = [0, 1].map((random) => comparisonDue(first, compared, 41_000, () => random).dueAtMs);
  expect(spread[1]! - spread[0]!).toBeCloseTo(0.2 * COMPARE_EVERY_MS);
});

test('at once when an outage is over, and only when level', () => {
  const compared = { ...level, comparedAtMs: 0 };
  let due = see(null, compared, 100_000);
  due = see(due, { ...compared, isOut: true, isLevel: false }, 200_000);
  expect(due.dueAtMs).toBe(COMPARE_EVERY_MS);
  const behind = { ...compared, isLevel: false };
  due = see(due, behind, 300_000);
  expect(due.dueAtMs).toBe(300_000);
  expect(isDue(due, behind, 300_000)).toBe(false);
  due = see(due, compared, 310_000);
  expect(isDue(due, compared, 310_000)).toBe(true);
});

test('at once when the feed came by another road, but a road that flutters makes no storm', () => {
  const compared = { ...level, comparedAtMs: 1_000_000 };
  const before = see(null, compared, 1_001_000);
  expect(see(before, { ...compared, road: 'kafka' }, 2_000_000).dueAtMs).toBe(2_000_000);
  expect(see(before, { ...compared, road: 'kafka' }, 1_002_000).dueAtMs).toBe(1_000_000 + LEAST_GAP_MS);
});
