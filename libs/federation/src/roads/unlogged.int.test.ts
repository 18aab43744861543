import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryBroker, type MemoryBroker } from '../testing/memory-event-log.ts';
import type { TestNode } from '../testing/test-federation.ts';
import { expectSoon, holds, roadsOf, testRoads, type TestRoads } from '../testing/test-roads.ts';
import type { Link } from './link.ts';

/** Changsha has no brokers, the province and Zhuzhou have; every node asks for heads as seldom as in service. */
let roads: TestRoads;
let broker: MemoryBroker;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
let passedMs = 0;
let push: Link;

beforeEach(async () => {
  broker = createMemoryBroker();
  passedMs = 0;
  roads = await testRoads({ nowMs: () => performance.now() + passedMs });
  ({ province, changsha, zhuzhou } = roads);
  await roads.runProvince(broker.open('430000'));
  push = changsha.push();
  await roads.run(changsha.egress(), push);
});
afterEach(() => roads[Symbol.asyncDispose]());

/** Zhuzhou starts, and a moment later is in the middle of its first long poll. */
async function startZhuzhou(): Promise<void> {
  await roads.run(zhuzhou.pull({ kafka: broker.open('430200') }));
  await expectSoon(async () => zhuzhou.registry.current()?.version, province.registry.current()!.version);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
}
const expectWithin2s = async () => {
  const id = await roads.publish(changsha);
  await expectSoon(() => holds(zhuzhou, id), true, 2_000);
};

test('the first event of a city without brokers after a restart of its neighbour with brokers waits for nothing', async () => {
  const id = await roads.publish(changsha);
  await expectSoon(() => holds(province, id));
  await zhuzhou.pull().drain();
  expect(await roadsOf(zhuzhou)).toEqual({ https: 1 });
  await startZhuzhou();
  await expectWithin2s();
  await expectWithin2s();
});

test('its first event ever neither, once the log has had its time', async () => {
  await startZhuzhou();
  passedMs = 15_000;
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // it looks once a second
  await expectWithin2s();
});

test('a city that turns to brokers is read from there alone', async () => {
  const id = await roads.publish(changsha);
  await expectSoon(() => holds(province, id));
  await zhuzhou.pull().drain();
  await startZhuzhou();
  await push.stop();
  await roads.run(changsha.push({ kafka: broker.open('430100') }));
  const carries = '"origin":"430100","view":"peer"';
  await expectSoon(async () => zhuzhou.log.some((line) => line.includes(carries) && line.includes('Kafka carries alone again')));
});
