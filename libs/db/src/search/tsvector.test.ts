import { expect, test } from 'vitest';
import { tsquery, tsvector } from './tsvector.ts';

test('positions run on, each with its weight; quotes and backslashes are doubled', () => {
  expect(tsvector({ A: ['低空', "o'x"], C: ['a\\b'] })).toBe(`'低空':1A 'o''x':2A 'a\\\\b':3C`);
  expect(tsvector({ A: [] })).toBe('');
});

test('a long text keeps within the highest position PostgreSQL knows', () => {
  expect(tsvector({ C: Array.from({ length: 20_000 }, (_, i) => `w${i}`) })).toMatch(/'w19999':16383C$/);
});

test('a word asked twice is asked once', () => {
  expect(tsquery(['a', 'b', 'a'])).toBe(`'a':* & 'b':*`);
});
