import { expect, test } from 'vitest';
import { withClient } from './pool.ts';
import { prepared } from './prepared.ts';
import { testServer } from './testing/index.ts';

const TEXT = 'select $1::int + 1 as next';

test('a statement with values is kept once, and answers with the values of each time', () =>
  withClient(testServer().superUrl('postgres'), async (client) => {
    const statements = prepared(client);
    for (const n of [1, 2, 7]) expect((await statements.query<{ next: number }>(TEXT, [n])).rows).toEqual([{ next: n + 1 }]);
    await statements.query('select 1');
    const { rows } = await client.query<{ statement: string }>('select statement from pg_prepared_statements');
    expect(rows).toEqual([{ statement: TEXT }]);
  }));

test('a statement that fails may be sent again', () =>
  withClient(testServer().superUrl('postgres'), async (client) => {
    const statements = prepared(client);
    const divide = (by: number) => statements.query<{ q: number }>('select 6 / $1::int as q', [by]);
    await expect(divide(0)).rejects.toMatchObject({ code: '22012' });
    expect((await divide(3)).rows).toEqual([{ q: 2 }]);
  }));
