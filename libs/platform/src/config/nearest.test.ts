import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test.each([
  ['', '', 0],
  ['kitten', 'sitting', 3],
  ['appUlr', 'appUrl', 2],
  ['a', '', 1],
])('distance of %j and %j is %i', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});

test('distance is symmetric, nil only for equals, and never beats the difference in length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});

test('the nearest name is offered only when near', () => {
  expect(nearest('databse', ['node', 'database', 'http'])).toBe('database');
  expect(nearest('PORT', ['port'])).toBe('port');
  expect(nearest('colour', ['node', 'database', 'http'])).toBeUndefined();
});

test('has done with a word of a megabyte at once', () => {
  const candidates = Array.from({ length: 200 }, (_, i) => `candidate-name-${i}`);
  expect(nearest('a'.repeat(2_000_000), candidates)).toBeUndefined();
}, 2_000);

test.each([
  ['warning', 'warn'],
  ['prod', 'production'],
  ['portl', 'portal'],
  ['430199', undefined],
  ['', undefined],
  ['w', undefined],
  ['kitchen', undefined],
])('%j was meant to be %j', (word, meant) => {
  expect(nearest(word, ['production', 'warn', 'portal', '430100'])).toBe(meant);
});
