import { expect, test } from 'vitest';
import { percentile, spread } from './statistics.ts';

test('median, least and greatest, whatever the order', () => {
  expect(spread([5, 1, 4, 2, 3])).toEqual({ median: 3, min: 1, max: 5 });
  expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(spread([]).median).toBeNaN();
});

test('a percentile is a value that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([percentile(hundred, 95), percentile(hundred, 99), percentile([7], 99)]).toEqual([95, 99, 7]);
});
