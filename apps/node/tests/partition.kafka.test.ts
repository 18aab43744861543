import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestNode } from './support/federation.ts';
import { isReadByKafka, roadsOf, startKafkaFederation, statusOf, type KafkaFederation } from './support/kafka-federation.ts';
import { digestsOf } from './support/ledger.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish } from './support/records.ts';
import { encode, type Answer } from './support/rest-client.ts';

/** One city loses the broker and nothing else: it goes on by HTTPS, the others by Kafka, and it comes back by itself. */
let federation: KafkaFederation;
let province: TestNode;
let changsha: TestNode;
let zhuzhou: TestNode;
beforeAll(async () => {
  federation = await startKafkaFederation({ nodes: ['430000', '430100', '430200'], wired: '430100' });
  [province, changsha, zhuzhou] = ['430000', '430100', '430200'].map((a) => federation.node(a)) as [TestNode, TestNode, TestNode];
  for (const node of [changsha, zhuzhou]) await makeOrganisations(node);
}, 240_000);
afterAll(() => federation?.stop());

const isSeen = async (from: TestNode, title: string, at: TestNode[], withinMs: number) => {
  const record = await publish(await deskOf(from), opportunity(from, { title }));
  for (const node of at)
    await eventually(
      () => node.anonymous.get(`/records/${encode(record.id)}`),
      (answer) => answer.status === 200,
      withinMs,
    );
};

test('a city cut off from the broker alone converges by HTTPS, both ways; the others stay on Kafka', async () => {
  await isSeen(changsha, '示例切断之前', [province, zhuzhou], 20_000);
  await isSeen(zhuzhou, '示例切断之前的另一条', [province, changsha], 20_000);
  await eventually(() => isReadByKafka(changsha, '430200', 'peer'), Boolean, 30_000);

  federation.wire.cut();
  const elsewhere = await roadsOf(province, '430200', 'up');
  await isSeen(changsha, '示例切断之后', [province, zhuzhou], 30_000);
  await isSeen(zhuzhou, '示例切断之后的另一条', [province, changsha], 30_000);
  expect((await roadsOf(province, '430100', 'up')).https).toBeGreaterThan(0);
  expect((await roadsOf(changsha, '430200', 'peer')).https).toBeGreaterThan(0);
  expect((await roadsOf(province, '430200', 'up')).https).toBe(elsewhere.https);
  const feeds = (await statusOf(changsha)).feeds as Answer[];
  expect(feeds.find((f) => f.direction === 'out' && f.view === 'up')).toMatchObject({ road: 'https' });
  for (const node of [province, zhuzhou]) expect((await digestsOf(node === province ? 'up' : 'peer', changsha, node)).equal).toBe(true);

  federation.wire.mend();
  const { kafka } = await roadsOf(province, '430100', 'up');
  await eventually(
    async () => {
      await isSeen(changsha, '示例接通之后', [province], 30_000);
      return (await roadsOf(province, '430100', 'up')).kafka;
    },
    (now) => now > kafka,
    60_000,
  );
  await eventually(
    () => digestsOf('up', changsha, province),
    (d) => d.equal,
    30_000,
  );
}, 240_000);
