import { expect, it } from 'vitest';
import { importsOf, read, SOURCE } from './repository.ts';

/** Places that may write SQL themselves: the database library, federation's stores, the catalogue's list query, and tools that measure. */
const MAY_WRITE_SQL = [
  /^libs\/db\//,
  /^libs\/federation\//,
  /^libs\/services\/src\/catalogue\/list-(records|query)[\w-]*\.ts$/,
  /^tools\/bench\//,
];
const SQL = /(['"`])\s*(?:with\s+\w+\s+as|select\s[^'"`]*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)/i;

it('SQL stands where it is expected, and nowhere else', () => {
  expect(SQL.test('pool.query(`select id\n from record`)')).toBe(true);
  expect(SQL.test("say('select one from the list')") && SQL.test('$queryRaw`select 1`')).toBe(false);
  const found = SOURCE.filter((f) => !MAY_WRITE_SQL.some((p) => p.test(f)) && SQL.test(read(f)));
  expect(found).toEqual([]);
});

it('raw calls take only text that the database library or the rule compiler made', () => {
  const allowed = /^libs\/services\/src\/catalogue\/list(ed-row|-records|-query)|^libs\/services\/src\/kernel\/queryable\.ts$/;
  expect(SOURCE.filter((f) => /\$(queryRaw|executeRaw)Unsafe\b/.test(read(f)) && !allowed.test(f))).toEqual([]);
});

it('only the wrapper calls accessibleBy, whose empty answer matches every row inside AND', () => {
  const wrapper = /^libs\/authorization\/src\/prisma\//;
  const users = SOURCE.filter((f) => importsOf(f).some((i) => i.names.includes('accessibleBy')));
  expect(users.filter((f) => !wrapper.test(f))).toEqual([]);
  expect(users.length).toBeGreaterThan(0);
});
