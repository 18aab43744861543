import { expect, test } from 'vitest';
import { percentile, slope, spread } from './statistics.ts';

test('median, least and greatest, whatever the order', () => {
  expect(spread([5, 1, 4, 2, 3])).toEqual({ median: 3, min: 1, max: 5 });
  expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(spread([]).median).toBeNaN();
});

test('a percentile is a value that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([percentile(hundred, 95), percentile(hundred, 99), percentile([7], 99)]).toEqual([95, 99, 7]);
});

test('a slope is that of the line through the points, whatever they start from', () => {
  const at = [0, 5, 10, 15];
  expect(slope(at.map((t) => ({ at: t, value: 200 + 0.5 * t })))).toBeCloseTo(0.5);
  expect(slope(at.map((t, i) => ({ at: t, value: i % 2 })))).toBeCloseTo(0.04);
});
