import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createPool } from '@xiangjing/db';
import { createLogger } from '@xiangjing/platform';
import { testDatabase, type TestDatabase } from '@xiangjing/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryBroker } from '../testing/memory-event-log.ts';
import type { TestNode } from '../testing/test-federation.ts';
import { expectSoon, holds, testRoads, type TestRoads } from '../testing/test-roads.ts';
import type { Link } from './link.ts';
import { ASK_FOR_LEASE, createPublishingLease } from './publishing-lease.ts';

const WAITS = 'another process of this node publishes';
const TAKEN = 'this process publishes from now on';
const saidBy = (node: TestNode, text: string) => node.log.filter((line) => line.includes(text)).length;

/** Two publisher processes of Changsha on one database; the second waits when a test begins. */
async function twoPublishers(roads: TestRoads) {
  const broker = createMemoryBroker();
  const { changsha, zhuzhou } = roads;
  await roads.runProvince(broker.open('430000'));
  const open = (): Link => changsha.push({ kafka: broker.open('430100'), heartbeatMs: 500 });
  const [first, second] = [open(), open()];
  await roads.run(changsha.egress(), first);
  await roads.runCity(zhuzhou, { kafka: broker.open('430200') });
  await roads.arrives(roads.publish(changsha));
  await roads.run(second);
  await expectSoon(async () => saidBy(changsha, WAITS), 1);
  const logged = (view: string) => broker.records('430100', view).map(({ seq }) => seq);
  return { broker, first, second, logged };
}

let roads: TestRoads;
beforeEach(async () => {
  roads = await testRoads();
});
afterEach(() => roads[Symbol.asyncDispose]());

const TERMINATE = `select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and a.datname = current_database() and a.application_name = 'xiangjing publishing lease'`;

test('of two publishers of one node one writes: every event is in the log once, and after its end the other goes on', async () => {
  const { changsha } = roads;
  const { first, logged } = await twoPublishers(roads);
  for (let i = 0; i < 5; i += 1) await roads.arrives(roads.publish(changsha));
  expect([logged('up'), logged('peer')]).toEqual([
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect(roads.pushed()).toBe(0);
  await first.stop();
  for (let i = 0; i < 3; i += 1) await roads.arrives(roads.publish(changsha));
  expect([logged('up'), logged('peer')]).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ]);
});

test('without brokers too: one of the two pushes', async () => {
  const { changsha, province } = roads;
  const pushes: number[][] = [[], []];
  const [first, second] = pushes.map((pushed): Link => {
    const counting: typeof fetch = (input, init) => {
      const { events } = JSON.parse(init!.body as string) as { events: unknown[] };
      pushed.push(events.length);
      return fetch(input, init);
    };
    return changsha.push({ heartbeatMs: 200, fetch: counting });
  });
  await roads.run(changsha.egress(), first!);
  await expectSoon(async () => pushes[0]!.length > 0);
  await roads.run(second!);
  await expectSoon(async () => saidBy(changsha, WAITS), 1);
  const publish = async () => {
    const id = await roads.publish(changsha);
    await expectSoon(() => holds(province, id));
  };
  await publish();
  expect(pushes[1]).toEqual([]);
  await first!.stop();
  await publish();
  await expectSoon(async () => pushes[1]!.some((events) => events > 0));
});

test('one that loses its lease while it runs writes no more, and goes on where the other was once it has it again', async () => {
  const { changsha } = roads;
  const { second, logged } = await twoPublishers(roads);
  const owner = createPool(changsha.database.super);
  await owner.query(TERMINATE);
  await owner.end();
  await expectSoon(async () => saidBy(changsha, 'the connection that holds the lease for publishing was lost'), 1);
  await expectSoon(async () => saidBy(changsha, TAKEN), 1, 2_000);
  for (let i = 0; i < 3; i += 1) await roads.arrives(roads.publish(changsha));
  await second.stop();
  for (let i = 0; i < 3; i += 1) await roads.arrives(roads.publish(changsha));
  expect(saidBy(changsha, TAKEN)).toBe(2);
  for (const view of ['up', 'peer']) expect(logged(view)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a process that is killed gives its lease up at once', async () => {
  await using database: TestDatabase = await testDatabase();
  const script = `import { createPublishingLease } from ${JSON.stringify(new URL('./publishing-lease.ts', import.meta.url).href)};
    const log = { info: () => {}, warn: () => {}, debug: () => {} };
    createPublishingLease({ url: process.argv[1], log, random: Math.random, nowMs: () => performance.now(), onHeld: () => console.log('held') }).start();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, database.publisher], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heldAt = Number.NaN;
  const lease = createPublishingLease({
    url: database.publisher,
    log: createLogger({ level: 'silent' }),
    random: () => 0,
    nowMs: () => performance.now(),
    onHeld: () => (heldAt = performance.now()),
  });
  try {
    await once(child.stdout, 'data');
    lease.start();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(lease.term()).toBeUndefined();
    const killedAt = performance.now();
    child.kill('SIGKILL');
    await expect.poll(() => lease.term(), { timeout: 5_000, interval: 20 }).toBeDefined();
    expect(heldAt - killedAt).toBeLessThan(2_000);
  } finally {
    child.kill('SIGKILL');
    await lease.stop();
  }
});

/** A wire to the server of this URL that can fall silent without a word: nothing is closed, nothing gets through. */
async function silentWire(url: string) {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let isSilent = false;
  const server = createServer({ allowHalfOpen: true }, (inside) => {
    const outside = connect(Number(port), hostname);
    for (const [from, into] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => isSilent || into.write(bytes));
      from.on('error', () => into.destroy());
      from.on('close', () => isSilent || into.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  [through.hostname, through.port] = ['127.0.0.1', String((server.address() as AddressInfo).port)];
  return {
    url: through.href,
    fallSilent: () => void (isSilent = true),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const leaseAt = (url: string, answerMs?: number) =>
  createPublishingLease({
    url,
    log: createLogger({ level: 'silent' }),
    random: () => 0,
    nowMs: () => performance.now(),
    ...(answerMs === undefined ? {} : { answerMs }),
    onHeld: () => {},
  });

test('a holder whose database falls silent steps down, and the next one holds it once the server has let go', async () => {
  await using database: TestDatabase = await testDatabase();
  await using wire = await silentWire(database.publisher);
  const [holder, next] = [leaseAt(wire.url, 500), leaseAt(database.publisher)];
  try {
    holder.start();
    await expect.poll(() => holder.term(), { timeout: 5_000, interval: 20 }).toBeDefined();
    const term = holder.term()!;
    next.start();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect([term.aborted, next.term()]).toEqual([false, undefined]); // asked again and again, it holds
    wire.fallSilent();
    await expect.poll(() => term.aborted, { timeout: 2_500, interval: 20 }).toBe(true);
    expect([holder.term(), next.term()]).toEqual([undefined, undefined]);
    const owner = createPool(database.super);
    await owner.query(TERMINATE); // as its keepalives do
    await owner.end();
    await expect.poll(() => next.term(), { timeout: 2_500, interval: 20 }).toBeDefined();
  } finally {
    await Promise.all([holder.stop(), next.stop()]);
  }
});

test('a holder whose database has fallen silent stops within two seconds', async () => {
  await using database: TestDatabase = await testDatabase();
  await using wire = await silentWire(database.publisher);
  const holder = leaseAt(wire.url);
  holder.start();
  await expect.poll(() => holder.term(), { timeout: 5_000, interval: 20 }).toBeDefined();
  wire.fallSilent();
  const from = performance.now();
  await holder.stop();
  expect(performance.now() - from).toBeLessThan(2_500);
  expect(holder.term()).toBeUndefined();
});

test('whoever asks for the lease has the server watch over its connection', async () => {
  await using database: TestDatabase = await testDatabase();
  const pool = createPool(database.publisher);
  const client = await pool.connect();
  try {
    await client.query(ASK_FOR_LEASE);
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name like 'tcp\\_%' order by name`,
    );
    expect(rows.map(({ name, setting }) => [name, setting])).toEqual([
      ['tcp_keepalives_count', '3'],
      ['tcp_keepalives_idle', '5'],
      ['tcp_keepalives_interval', '5'],
      ['tcp_user_timeout', '20000'],
    ]);
  } finally {
    client.release();
    await pool.end();
  }
});
