import { withClient } from '@xiangjing/db';
import { testDatabase } from '@xiangjing/db/testing';
import { expect, test } from 'vitest';
import { LAST_REFUSALS } from './troubles.ts';

test('the newest refusal of each feed is found along the index, not by sorting all of them', async () => {
  await using database = await testDatabase();
  await withClient(database.super, async (client) => {
    await client.query(
      `insert into refusal (origin, view, code, message, remedy)
       select case when n % 7 > 0 then '43' || n % 20 end, case when n % 11 > 0 then 'peer' else 'up' end, 'c', n || repeat(' ', 500), 'r'
       from generate_series(1, 5000) n union all select '4305', null, 'c', 'of no view', 'r'`,
    );
    await client.query('analyze refusal');
    const plain = `select distinct on (origin, view) origin, view, at, code, message, remedy from refusal
      where origin is not null and view is not null order by origin, view, id desc`;
    const { rows } = await client.query(LAST_REFUSALS);
    expect(rows).toHaveLength(40);
    expect(rows).toEqual((await client.query(plain)).rows);
    const plan = await client.query<{ 'QUERY PLAN': string }>(`explain ${LAST_REFUSALS}`);
    const lines = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines.match(/refusal_feed/g)).toHaveLength(2);
    expect(lines).not.toMatch(/Seq Scan|Sort/);
  });
});
