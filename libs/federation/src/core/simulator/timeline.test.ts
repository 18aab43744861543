import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { createTimeline } from './timeline.ts';

test('things happen in the order of their instants, and in the order asked where that is the same', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), fc.nat(20), (delays, until) => {
      const timeline = createTimeline();
      const happened: [number, number][] = [];
      for (const [order, ms] of delays.entries()) timeline.in(ms, () => happened.push([timeline.now(), order]));
      timeline.run(until);
      const due = delays.map((ms, order): [number, number] => [ms, order]).filter(([ms]) => ms <= until);
      expect(happened).toEqual(due.toSorted(([a, i], [b, k]) => a - b || i - k));
      expect(timeline.now()).toBe(until);
    }),
  );
});

test('what happens may plan more, at once too', () => {
  const timeline = createTimeline();
  const happened: number[] = [];
  const again = () => {
    happened.push(timeline.now());
    timeline.in(happened.length === 1 ? 0 : 10, again);
  };
  timeline.in(5, again);
  timeline.run(26);
  expect(happened).toEqual([5, 5, 15, 25]);
});

test('a seed gives the same numbers each time, and another seed others', () => {
  const drawn = (seed: number) => Array.from({ length: 5 }, createRandom(seed).float);
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
  const random = createRandom(1);
  const spread = Array.from({ length: 1_000 }, () => random.between(2, 4));
  expect([2, 3, 4].map((n) => spread.filter((drawn) => drawn === n).length > 250)).toEqual([true, true, true]);
});
