import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb, type Db } from './client.ts';
import { transaction } from './transaction.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = createDb(database.app);
  await db.idempotencyKey.createMany({
    data: ['a', 'b'].map((key) => ({ actor: 'x', procedure: 'p', key, bodyDigest: '0', response: {} })),
  });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

test('the victim of a deadlock is tried again, and both take effect', async () => {
  const tries = { ab: 0, ba: 0 };
  const bump = (tx: Parameters<Parameters<typeof transaction>[1]>[0], key: string) =>
    tx.$executeRaw`update idempotency_key set body_digest = (body_digest::int + 1)::text where key = ${key}`;
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await Promise.all([
    transaction(db, async (tx) => {
      tries.ab++;
      await bump(tx, 'a');
      first.resolve();
      await second.promise;
      await bump(tx, 'b');
    }),
    transaction(db, async (tx) => {
      tries.ba++;
      await bump(tx, 'b');
      second.resolve();
      await first.promise;
      await bump(tx, 'a');
    }),
  ]);
  expect(tries.ab + tries.ba).toBe(3);
  const rows = await db.idempotencyKey.findMany({ orderBy: { key: 'asc' } });
  expect(rows.map((row) => row.bodyDigest)).toEqual(['2', '2']);
});

test('any other error rolls back and is not tried again', async () => {
  let tries = 0;
  const failing = transaction(db, async (tx) => {
    tries++;
    await tx.idempotencyKey.deleteMany();
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect([tries, await db.idempotencyKey.count()]).toEqual([1, 2]);
});
