import { metrics, trace } from '@opentelemetry/api';
import { testKafka } from '@xiangjing/platform/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventLog } from '../event-log.ts';
import { readPage, wireEventOf } from '../https/read-page.ts';
import { applyTopics } from '../kafka/apply-topics.ts';
import { createClient } from '../kafka/client.ts';
import { createKafkaEventLog } from '../kafka/kafka-event-log.ts';
import { planTopics, withAdmin } from '../kafka/plan-topics.ts';
import { recordsOf } from '../kafka/records.ts';
import { createTopicLives } from '../kafka/topic-lives.ts';
import { kafkaBench, testLog, type KafkaBench } from '../testing/kafka-bench.ts';
import type { TestNode } from '../testing/test-federation.ts';
import {
  cursorOf,
  holds,
  isOnLogAlone,
  refusalsOf,
  roadsOf,
  rowsOf,
  expectSoon,
  testRoads,
  type TestRoads,
} from '../testing/test-roads.ts';

/** Both roads between real databases, with a real broker; what it is to kill a broker is tried in apps/node/tests. */
let bench: KafkaBench;
let roads: TestRoads;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
const logs: EventLog[] = [];

beforeAll(async () => {
  bench = await kafkaBench(testKafka());
  roads = await testRoads();
  ({ province, changsha, zhuzhou } = roads);
  await roads.runProvince(open(province));
  for (const city of [changsha, zhuzhou]) await roads.runCity(city, { kafka: open(city) });
});
afterAll(async () => {
  await roads?.[Symbol.asyncDispose]();
  await Promise.all(logs.map((log) => log.close()));
  await bench?.[Symbol.asyncDispose]();
});

function open(node: TestNode): EventLog {
  const { adcode, signer, registry } = node;
  const log = createKafkaEventLog({
    adcode,
    signer,
    registry,
    release: 'test',
    connection: bench.connection(adcode),
    lives: createTopicLives({ pool: node.pools.publisher, adcode }),
    clock: { now: () => new Date() },
    log: testLog,
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
    recheckMs: 500,
  });
  logs.push(log);
  return log;
}

/** What the brokers grant, to these nodes of the federation. */
async function grantTo(nodes: readonly string[]): Promise<void> {
  const registry = { ...bench.registry, nodes: bench.registry.nodes.filter(({ adcode }) => nodes.includes(adcode)) };
  const options = { registry, connection: bench.admin, replication: { factor: 1, minInSync: 1 }, log: testLog };
  await applyTopics(await planTopics({ ...options, retentionMs: 86_400_000 }), options);
}
const ALL = ['430000', '430100', '430200', '430300'];

/** As whoever runs the brokers: nobody but the origin may write there. */
async function smuggle(view: string, messages: { key?: string | null; value: Buffer | null; headers?: object }[]): Promise<void> {
  const producer = createClient(bench.admin, 'admin', testLog).producer();
  await producer.connect();
  await producer.send({ topic: `xiangjing.430100.${view}`, messages: messages as never });
  await producer.disconnect();
}
const isSound = async () => {
  await expectSoon(() => roads.isWhole());
  for (const node of [province, zhuzhou])
    expect(
      await rowsOf(node, 'select origin, view, halted_code from peer_cursor where halted_code is not null or degraded_at is not null'),
    ).toEqual([]);
};

test('all events go by the log, and HTTPS carries heartbeats alone', async () => {
  await roads.arrives(roads.publish(changsha));
  const down = await roads.publish(province);
  for (const city of [changsha, zhuzhou]) await expectSoon(() => holds(city, down));
  expect(await roadsOf(province)).toEqual({ kafka: 2 });
  expect(await roadsOf(zhuzhou)).toEqual({ kafka: 2 });
  expect(roads.pushed()).toBe(0);
  expect(await cursorOf(zhuzhou, '430100', 'peer')).toMatchObject({ road: 'kafka', incarnation: expect.stringMatching(/^[\w-]{8,}$/) });
  await isSound();
});

test('a stranger among the records, and one with changed bytes, are left out and told; the number comes by HTTPS', async () => {
  const [row] = await readPage(changsha.pools.publisher, '430100', { origin: '430100', view: 'up', epoch: 1, seq: 0, digest: '' });
  const { bytes, signature } = wireEventOf(row!);
  const next = Buffer.from(row!.bytes.toString('utf8').replaceAll('/up/1/1"', '/up/1/2"').replace('城区', '郊区'));
  const page = { origin: '430100', view: 'up', epoch: 1, from: 1, prev: '', head: { epoch: 1, seq: 2, digest: '' } };
  const incarnation = (await cursorOf(province, '430100', 'up')).incarnation as string;
  const tampered = recordsOf({ ...page, events: [{ bytes: next.toString('base64'), signature }] }, incarnation);
  await smuggle('up', [{ value: Buffer.from('hello') }, ...(tampered as never[])]);
  await smuggle('peer', recordsOf({ ...page, view: 'peer', events: [{ bytes, signature }] }, incarnation) as never[]);
  await expectSoon(
    async () => (await refusalsOf(province)).toSorted(),
    ['EVENT_MALFORMED 430100/up', 'SIGNATURE_INVALID 430100/up', 'SOURCE_MISMATCH 430100/peer'],
  );
  await roads.arrives(roads.publish(changsha));
  await isSound();
});

test('a city that may not use the brokers any more is carried by HTTPS within 20 s, and by the log once it may again', async () => {
  await grantTo(ALL.filter((adcode) => adcode !== '430100'));
  const startedAt = performance.now();
  await roads.arrives(roads.publish(changsha));
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  expect(roads.pushed()).toBeGreaterThan(0);
  await grantTo(ALL);
  for (const city of [changsha, zhuzhou]) await expectSoon(() => isOnLogAlone(city), true, 40_000);
  const before = roads.pushed();
  await roads.arrives(roads.publish(changsha));
  expect(roads.pushed()).toBe(before);
  await isSound();
});

test('topics made anew are filled again; nothing is lost, and nothing takes effect twice', async () => {
  const life = (await cursorOf(zhuzhou, '430100', 'peer')).incarnation as string;
  await withAdmin({ connection: bench.admin, log: testLog }, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith('xiangjing.430100.'));
    await admin.deleteTopics({ topics });
    await expect.poll(() => admin.listTopics(), { timeout: 20_000 }).not.toEqual(expect.arrayContaining(topics));
  });
  await grantTo(ALL);
  await roads.arrives(roads.publish(changsha));
  for (const city of [changsha, zhuzhou]) await expectSoon(() => isOnLogAlone(city), true, 60_000);
  const before = roads.pushed();
  await roads.arrives(roads.publish(changsha));
  expect(roads.pushed()).toBe(before);
  expect((await cursorOf(zhuzhou, '430100', 'peer')).incarnation).not.toBe(life);
  await isSound();
  for (const node of [province, zhuzhou]) {
    const repeated = await rowsOf(node, 'select view, record_id, rev from inbox group by 1, 2, 3 having count(*) > 1');
    expect(repeated).toEqual([]);
  }
});
