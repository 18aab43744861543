import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, withClient } from './pool.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('a connection lost in the middle of a transaction ends that transaction, and neither the process nor the pool', async () => {
  const lost: Error[] = [];
  const pool = createPool(database.app, { max: 1, onLost: (error) => lost.push(error) });
  const client = await pool.connect();
  await client.query('begin');
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const closed = new Promise<void>((resolve) => client.once('end', resolve));
  await withClient(database.super, (admin) => admin.query('select pg_terminate_backend($1)', [rows[0]!.pid]));
  await closed; // between two queries of it: nothing runs that could reject
  await expect(client.query('select 1')).rejects.toThrow(/connection error|terminated/);
  client.release(new Error('broken'));
  expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
