import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createPool } from '@xiangjing/db';
import { createLogger } from '@xiangjing/platform';
import { testDatabase, type TestDatabase } from '@xiangjing/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryBroker } from '../testing/memory-event-log.ts';
import type { TestNode } from '../testing/test-federation.ts';
import { expectSoon, holds, testRoads, type TestRoads } from '../testing/test-roads.ts';
import type { Link } from './link.ts';
import { createPublishingLease } from './publishing-lease.ts';

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
