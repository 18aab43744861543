import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchTerms } from './terms.ts';

test('every word must be there, and may go on', async () => {
  expect((await searchTerms('马栏山 数字演艺')).tsquery).toBe(`'马栏山':* & '数字演艺':*`);
});

test('only Latin letters are initials', async () => {
  expect((await searchTerms(' DKJJ ')).initials).toBe('dkjj');
  for (const query of ['低空', 'dk 经济', '2026', 'a'.repeat(31), '']) expect((await searchTerms(query)).initials, query).toBeNull();
});

test('a wildcard of the query is a sign like any other', async () => {
  expect((await searchTerms('100%_\\')).like).toBe('%100\\%\\_\\\\%');
});

test('no query breaks out of its quotes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('低', '空', "'", '\\', '&', '|', ':', '*', ' ', 'a', '(') }), async (query) => {
      const { tsquery } = await searchTerms(query);
      expect(tsquery === '' || /^'(?:[^'\\]|''|\\\\)+':\*(?: & '(?:[^'\\]|''|\\\\)+':\*)*$/.test(tsquery), tsquery).toBe(true);
    }),
  );
});
