import { metrics, trace } from '@opentelemetry/api';
import { testKafka } from '@xiangjing/platform/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventLog } from '../event-log.ts';
import { aclOf, filterOf } from '../kafka/acls.ts';
import { loadKafkajs } from '../kafka/client.ts';
import { createKafkaEventLog } from '../kafka/kafka-event-log.ts';
import { withAdmin } from '../kafka/plan-topics.ts';
import { wantedGrants, type Grant } from '../kafka/wanted-topics.ts';
import { createTopicLives } from '../kafka/topic-lives.ts';
import { kafkaBench, testLog, type KafkaBench } from '../testing/kafka-bench.ts';
import { expectSoon, rowsOf, testRoads, type TestRoads } from '../testing/test-roads.ts';
import { readTroubles } from '../watching/troubles.ts';

/** Rights of a reader that the brokers take back: told where operators look, with what to do. */
let bench: KafkaBench;
let roads: TestRoads;
let log: EventLog;

beforeAll(async () => {
  bench = await kafkaBench(testKafka());
  const startedMs = performance.now();
  roads = await testRoads({ nowMs: () => startedMs + 4 * (performance.now() - startedMs) });
  const { adcode, signer, registry } = roads.zhuzhou;
  log = createKafkaEventLog({
    adcode,
    signer,
    registry,
    release: 'test',
    connection: bench.connection(adcode),
    lives: createTopicLives({ pool: roads.zhuzhou.pools.publisher, adcode }),
    clock: { now: () => new Date() },
    log: testLog,
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
    recheckMs: 500,
  });
  await roads.run(roads.zhuzhou.pull({ kafka: log }));
});
afterAll(async () => {
  await roads?.[Symbol.asyncDispose]();
  await log?.close();
  await bench?.[Symbol.asyncDispose]();
});

const acls = (which: (grant: Grant) => boolean) =>
  wantedGrants(bench.registry, [])
    .filter((grant) => grant.principal === 'User:xiangjing-430200' && which(grant))
    .map((grant) => aclOf(grant, loadKafkajs()));
const told = () => rowsOf(roads.zhuzhou, 'select origin, view, code, remedy from refusal order by id');
/** What the state of Kafka in the status is made of. */
const unread = async () => (await readTroubles(roads.zhuzhou.pools.app)).unlogged;

test('a reader whose right to read with its group was taken back says so, with code and remedy, and reads again once it has it', async () => {
  await expectSoon(async () => log.health().isAlive);
  const group = acls(({ resource }) => resource === 'group');
  await withAdmin({ connection: bench.admin, log: testLog }, (admin) => admin.deleteAcls({ filters: group.map(filterOf) }));
  const remedy = expect.stringContaining('xiangjing federation topics --apply') as string;
  await expectSoon(unread, [{ view: '', code: 'BROKER_UNAVAILABLE', text: remedy, at: expect.any(Date) as Date }], 60_000);
  await expectSoon(async () => (await told()).length > 0, true, 60_000);
  expect(await told()).toEqual([
    {
      origin: null,
      view: null,
      code: 'BROKER_UNAVAILABLE',
      remedy,
    },
  ]);
  await withAdmin({ connection: bench.admin, log: testLog }, (admin) => admin.createAcls({ acl: group }));
  await expectSoon(async () => log.health().lastError, null);
  await expectSoon(unread, []);
}, 120_000);
