import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb } from './client.ts';
import { PrismaClient } from './generated/client.ts';
import { createPool, withClient } from './pool.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.super, (client) => client.query(`alter database ${database.name} set timezone = 'Asia/Shanghai'`));
});
afterAll(() => database.drop());

const at = new Date('2026-06-01T00:00:00.123Z');
const HOUR_MS = 3_600_000;

async function storedBy(db: PrismaClient, id: string): Promise<number> {
  await db.session.create({ data: { id, sealed: Buffer.from('x'), expiresAt: at } });
  const row = await db.session.findUniqueOrThrow({ where: { id } });
  expect(row.expiresAt).toEqual(at); // a round trip always looks right
  await db.$disconnect();
  return withClient(database.super, async (client) => {
    const { rows } = await client.query<{ ms: string }>('select extract(epoch from expires_at) * 1000 ms from session where id = $1', [id]);
    return Number(rows[0]?.ms);
  });
}

test('an instant written through the client is the instant stored, whatever zone the database has', async () => {
  expect(await storedBy(createDb(database.app), 'a')).toBe(at.getTime());
});

test('control: the adapter without our option stores it eight hours off', async () => {
  const naive = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.app }) });
  expect(await storedBy(naive, 'b')).toBe(at.getTime() - 8 * HOUR_MS);
});

test('pools and single clients speak UTC, read dates as written and bigints as numbers', async () => {
  const pool = createPool(database.app);
  const sql = `select current_setting('timezone') as zone, date '2026-11-24' as day, timestamptz '2026-11-24 00:00+08' as instant, 7::bigint as n`;
  const expected = { zone: 'UTC', day: '2026-11-24', instant: new Date('2026-11-23T16:00:00Z'), n: 7 };
  expect((await pool.query(sql)).rows[0]).toEqual(expected);
  expect(await withClient(database.app, async (client) => (await client.query(sql)).rows[0])).toEqual(expected);
  await pool.end();
});

test('a pool survives the loss of its idle connections', async () => {
  const lost: string[] = [];
  const pool = createPool(database.app, { onLost: (error) => lost.push(error.message), applicationName: 'idle pool' });
  await pool.query('select 1');
  await withClient(database.super, (client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'idle pool'`),
  );
  await expect.poll(() => lost.length).toBe(1);
  expect((await pool.query('select 1 one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
