import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchTerms } from './terms.ts';

test('every word must be there, and may go on', async () => {
  expect((await searchTerms('马栏山 数字演艺')).tsquery).toBe(`'马栏山':* & '数字演艺':*`);
});

test.each([
  [' DKJJ ', 'dkjj'],
  ['5g', null],
  ['c919', 'c919'],
  ['低空', null],
  ['dk 经济', null],
  ['2026', null],
  ['a'.repeat(31), null],
  ['', null],
])('the initials of the query “%s”', async (query, initials) => {
  expect((await searchTerms(query)).initials).toBe(initials);
});

test('a wildcard of the query is a sign like any other', async () => {
  expect((await searchTerms('100%_\\')).like).toBe('%100\\%\\_\\\\%');
});

test('no query breaks out of its quotes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('低', '空', "'", '\\', '&', '|', ':', '*', ' ', 'a', '(') }), async (query) => {
      const { tsquery } = await searchTerms(query);
      expect(tsquery === '' || /^'(?:[^'\\]|''|\\\\)+':\*(?: & '(?:[^'\\]|''|\\\\)+':\*)*$/.test(tsquery)).toBe(true);
    }),
  );
});
