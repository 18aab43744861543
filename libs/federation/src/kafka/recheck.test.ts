import { expect, test } from 'vitest';
import { createRecheck } from './recheck.ts';

const looks = (random: () => number, longestMs: number, count: number) => {
  const recheck = createRecheck({ longestMs, random });
  return { recheck, times: Array.from({ length: count }, () => recheck.nextMs()) };
};

test('what is missing is looked for a second later, then less and less often, and never later than the longest wait', () => {
  expect(looks(() => 1, 30_000, 7).times).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(looks(() => 0, 30_000, 3).times).toEqual([500, 1_000, 2_000]);
  expect(looks(() => 1, 300, 2).times).toEqual([300, 300]);
});

test('after a change it begins anew', () => {
  const { recheck } = looks(() => 1, 30_000, 6);
  recheck.reset();
  expect(recheck.nextMs()).toBe(1_000);
});
