import { afterAll, beforeAll, expect, test } from 'vitest';
import { notify, openListener } from './listen.ts';
import { createPool, withClient } from './pool.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('a signal wakes its handler, at commit only, and a lost connection is made again', async () => {
  const calls = { intent: 0, feed: 0 };
  const lost: Error[] = [];
  const listener = await openListener(
    database.egress,
    { xiangjing_intent: () => calls.intent++, xiangjing_feed: () => calls.feed++ },
    (error) => lost.push(error),
  );
  const pool = createPool(database.app);
  const client = await pool.connect();
  await client.query('begin');
  await notify(client, 'xiangjing_intent');
  await notify(client, 'xiangjing_intent');
  await notify(pool, 'xiangjing_feed'); // a later signal arrives, the uncommitted one does not
  await expect.poll(() => calls.feed).toBe(1);
  expect(calls.intent).toBe(0);
  await client.query('commit');
  client.release();
  await expect.poll(() => calls.intent).toBe(1);

  await withClient(database.super, (admin) =>
    admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xiangjing listener'`),
  );
  await expect.poll(() => [lost.length, calls.intent, calls.feed], { timeout: 5000 }).toEqual([1, 2, 2]); // called once: a signal may have been missed
  await notify(pool, 'xiangjing_intent');
  await expect.poll(() => calls.intent).toBe(3);

  await listener.close();
  await notify(pool, 'xiangjing_intent');
  await pool.query('select pg_sleep(0.05)');
  expect([calls.intent, lost.length]).toEqual([3, 1]);
  await pool.end();
});

test('a first connection that fails is an error', async () => {
  const url = new URL(database.egress);
  url.password = 'wrong';
  await expect(openListener(url.href, { xiangjing_intent: () => {} })).rejects.toMatchObject({ code: '28P01' });
});
