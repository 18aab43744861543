import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb } from './client.ts';
import { createPool, type Queryable } from './pool.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';

const WRITERS = 16;
const TRANSACTIONS = 30;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function insertIntent(client: Queryable, writer: number): Promise<string> {
  const id = randomUUID();
  await client.query(`insert into intent (id, record_id, rev, event, body) values ($1, $2, 1, 'record.amended', '{}')`, [id, `r${writer}`]);
  return id;
}

/** One to three intents, sleeps between them, at times a savepoint taken back; a fifth of the transactions rolls back. */
async function writeOnce(client: pg.PoolClient, writer: number): Promise<string[]> {
  await client.query('begin');
  const ids: string[] = [];
  for (let n = Math.ceil(Math.random() * 3); n > 0; n--) {
    ids.push(await insertIntent(client, writer));
    await sleep(Math.random() * 12);
  }
  if (Math.random() < 0.3) {
    await client.query('savepoint s');
    await insertIntent(client, writer);
    await client.query('rollback to savepoint s');
  }
  const commits = Math.random() > 0.2;
  await client.query(commits ? 'commit' : 'rollback');
  return commits ? ids : [];
}

/** Follows a growing column by "greater than what I saw last", as a feed reader does, until told to stop. */
function follow(pool: Queryable, column: 'seq' | 'ord') {
  const seen: string[] = [];
  let cursor = 0;
  let stopping = false;
  const drain = async () => {
    const { rows } = await pool.query<{ id: string; n: number }>(
      `select id, ${column} n from intent where ${column} > $1 order by ${column}`,
      [cursor],
    );
    for (const row of rows) seen.push(row.id);
    cursor = rows.at(-1)?.n ?? cursor;
  };
  const running = (async () => {
    for (; !stopping; await sleep(2)) await drain();
    await drain();
  })();
  return async () => {
    stopping = true;
    await running;
    return seen;
  };
}

test('16 writers with sleeps and rollbacks: numbers dense, nothing missed; a naive reader by the sequence loses rows', async () => {
  const writers = createPool(database.app, { max: WRITERS });
  const readers = createPool(database.egress, { max: 2 });
  const [bySeq, byOrd] = [follow(readers, 'seq'), follow(readers, 'ord')];
  const committed = await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const client = await writers.connect();
      const ids: string[] = [];
      for (let i = 0; i < TRANSACTIONS; i++) ids.push(...(await writeOnce(client, writer)));
      client.release();
      return ids;
    }),
  );
  const ids = committed.flat();
  const [seen, seenNaively] = [await bySeq(), await byOrd()];
  const { rows } = await readers.query<{ seq: number }>('select seq from intent order by seq');
  await Promise.all([writers.end(), readers.end()]);

  expect(rows.map((row) => row.seq)).toEqual(ids.map((_, i) => i + 1));
  expect(seen).toHaveLength(ids.length);
  expect(new Set(seen)).toEqual(new Set(ids));
  for (const own of committed) expect(seen.filter((id) => own.includes(id))).toEqual(own); // each writer's in its order
  expect(seenNaively.length, 'the control must lose rows').toBeLessThan(ids.length);
});

test('the Prisma client writes intents without naming a number', async () => {
  const db = createDb(database.app);
  const [{ seq: head }] = await db.$queryRaw<[{ seq: bigint }]>`select seq from stream_head where stream = 'intent'`;
  const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
  const intent = (id: string) => ({ id, recordId: 'r', rev: 1n, event: 'record.amended', body: {} });
  await db.$transaction(async (tx) => {
    await tx.intent.create({ data: intent(ids[0]) });
    await tx.intent.createMany({ data: [intent(ids[1]), intent(ids[2])] });
  });
  const rows = await db.intent.findMany({ where: { id: { in: [...ids] } }, orderBy: { seq: 'asc' } });
  expect(rows.map((row) => [row.id, row.seq])).toEqual(ids.map((id, i) => [id, head + BigInt(i + 1)]));
  await db.$disconnect();
});
