import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listedRecordDelete, listedRecordsUpsert, listedRecordUpsert, type ListedRow, type Statement } from './listed-row.ts';
import { createPool } from './pool.ts';
import { searchTerms } from './search/terms.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';
import { listedRow } from './testing/rows.ts';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
beforeAll(async () => {
  database = await testDatabase('430100');
  pool = createPool(database.app);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const run = ({ text, values }: Statement) => pool.query(text, values);

async function find(query: string, who: 'insider' | 'outsider'): Promise<string[]> {
  const { tsquery, like, initials } = await searchTerms(query);
  const words =
    who === 'insider'
      ? 'search @@ $1::tsquery or initials like $3'
      : `outside_search @@ $1::tsquery or outside_text like $2 or outside_initials like $3`;
  const sql = `select id from listed_record where $2::text is not null and (${words}) order by id`;
  const { rows } = await pool.query<{ id: string }>(sql, [tsquery, like, initials === null ? null : `%${initials}%`]);
  return rows.map((row) => row.id);
}

test('every column arrives as given, and a second write replaces it', async () => {
  const row = listedRow({
    id: 'whole',
    title: '标题',
    facets: { a: [1] },
    domains: ['transport', 'ecology'],
    scenarioTypes: [],
    validUntil: '2027-01-31',
    pi: 1,
    share: 2,
  });
  await run(await listedRecordUpsert(row));
  const next: ListedRow = {
    ...row,
    rev: 2,
    title: '新标题',
    domains: [],
    firstPublishedOn: null,
    receivedAt: new Date('2026-11-25T00:00:00Z'),
  };
  await run(await listedRecordUpsert(next));
  const { rows } = await pool.query<Record<string, unknown>>(`select * from listed_record where id = 'whole'`);
  const stored = Object.fromEntries(
    Object.entries(rows[0] ?? {}).map(([name, value]) => [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]),
  );
  expect(stored).toMatchObject(next);
  expect(Object.keys(next).length + 5).toBe(Object.keys(stored).length); // and the five search columns
  expect((await run(listedRecordDelete('whole'))).rowCount).toBe(1);
});

test('Chinese words, parts of words, initials and Latin letters find a title', async () => {
  const rows = [
    listedRow({ id: 'a', title: '马栏山数字演艺沉浸式体验', summary: '面向文旅消费' }),
    listedRow({ id: 'b', title: '低空经济无人机即时配送', summary: '岳麓区试点' }),
    listedRow({ id: 'c', title: '山区低压电网AI巡检', summary: '经济可行' }),
  ];
  await run(await listedRecordsUpsert(rows));
  for (const who of ['insider', 'outsider'] as const) {
    expect(await find('马栏山', who)).toEqual(['a']);
    expect(await find('低空经济', who)).toEqual(['b']);
    expect(await find('低空', who)).toEqual(['b']);
    expect(await find('无人机 配送', who)).toEqual(['b']);
    expect(await find('dkjj', who)).toEqual(['b']);
    expect(await find('MLS', who)).toEqual(['a']);
    expect(await find('ai', who)).toEqual(['c']);
    expect(await find('马栏山 低空', who)).toEqual([]);
    expect(await find('没有这个词', who)).toEqual([]);
  }
  expect(await find('浸式体', 'outsider')).toEqual(['a']); // no word, but a piece of the text
  await pool.query('delete from listed_record');
});

test.each(['磐石', '北斗', 'pszh', '指挥中心'])('%s, of the inside text, is found by insiders only', async (query) => {
  const row = listedRow({
    id: 'd',
    title: '磐石指挥系统',
    summary: '北斗核心',
    outsideTitle: '',
    outsideSummary: '',
    ownerName: '示例指挥中心',
  });
  await run(await listedRecordUpsert(row));
  expect([await find(query, 'insider'), await find(query, 'outsider')]).toEqual([['d'], []]);
  await pool.query('delete from listed_record');
});

test('no title breaks the statement, and each is found by itself', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('低', '空', '山', "'", '\\', '"', ':', '*', ' ', 'a', '1', '{', '\n'), maxLength: 30 }),
      async (title) => {
        await run(await listedRecordUpsert(listedRow({ id: 'any', title })));
        const { rows } = await pool.query<{ title: string }>(`select title from listed_record where id = 'any'`);
        expect(rows[0]?.title).toBe(title);
        expect(await find(title, 'insider')).toEqual(/[低空山a1]/.test(title) ? ['any'] : []);
      },
    ),
    { numRuns: 60 },
  );
});
