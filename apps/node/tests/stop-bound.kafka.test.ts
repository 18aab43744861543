import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestNode } from './support/federation.ts';
import { isReadByKafka, startKafkaFederation, type KafkaFederation } from './support/kafka-federation.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish } from './support/records.ts';

/** A broker that takes connections and answers nothing holds no node up that is to stop. */
const BOUND_MS = 10_000;

let federation: KafkaFederation;
let [province, changsha] = [] as unknown as [TestNode, TestNode];
beforeAll(async () => {
  federation = await startKafkaFederation({ nodes: ['430000', '430100'] });
  [province, changsha] = [federation.node('430000'), federation.node('430100')];
  await makeOrganisations(changsha);
  await publishOne();
  await eventually(
    () => isReadByKafka(province, '430100', 'up'),
    (isRead) => isRead,
    60_000,
  );
}, 240_000);
afterAll(() => federation?.stop());

const publishOne = async () => publish(await deskOf(changsha), opportunity(changsha, { title: '示例停机' }));

test.each([
  ['while pages are on their way', 1_000],
  ['while clients are made anew', 22_000],
])(
  'a city and the province stop in time %s',
  async (_, frozenMs) => {
    const pid = federation.broker.pid();
    process.kill(pid, 'SIGSTOP');
    try {
      await publishOne();
      await sleep(frozenMs);
      for (const node of [changsha, province]) {
        const startedAt = performance.now();
        await node.stop();
        const tookMs = performance.now() - startedAt;
        console.log(`${node.adcode} stopped in ${Math.round(tookMs)} ms`);
        expect(tookMs).toBeLessThan(BOUND_MS);
      }
    } finally {
      process.kill(pid, 'SIGCONT');
      for (const node of [province, changsha]) await node.start();
    }
  },
  180_000,
);
