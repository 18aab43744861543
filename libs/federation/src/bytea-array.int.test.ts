import { createPool } from '@xiangjing/db';
import { testDatabase } from '@xiangjing/db/testing';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { columns } from './columns.ts';

test('bytes arrive as sent beside other columns, whatever their number and content', async () => {
  await using database = await testDatabase('430000');
  const pool = createPool(database.apply, { max: 1 });
  const contents = [Buffer.from('{"a":"\\\\x00,\\"}"}'), Buffer.alloc(0), Buffer.from([0, 255, 92, 34]), randomBytes(70_000)];
  try {
    for (const rows of [contents, contents.slice(0, 1), contents.slice(1, 2)]) {
      const answer = await pool.query<{ n: number; bytes: Buffer }>(
        'select * from unnest($1::int[], $2::bytea[]) as e(n, bytes)',
        columns([...rows.entries()], ([n, bytes]) => [n, bytes]),
      );
      expect(answer.rows).toEqual([...rows.entries()].map(([n, bytes]) => ({ n, bytes })));
    }
  } finally {
    await pool.end();
  }
});
