import { PRESETS } from '@xiangjing/scenario-sdk';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestNode } from './support/federation.ts';
import { roadsOf, startKafkaFederation, statusOf, type KafkaFederation } from './support/kafka-federation.ts';
import { digestsOf } from './support/ledger.ts';
import { runVerb } from './support/node-process.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish } from './support/records.ts';
import { encode, type Answer } from './support/rest-client.ts';

/** A healthy federation on Kafka: every event goes by the log, HTTPS carries none, and what may not leave stands in no segment file. */
const L3 = '金丝雀丙-只在三级字段';
const L4 = '金丝雀丁-只在四级字段';

let federation: KafkaFederation;
let province: TestNode;
let changsha: TestNode;
let zhuzhou: TestNode;
beforeAll(async () => {
  federation = await startKafkaFederation({ nodes: ['430000', '430100', '430200'] });
  [province, changsha, zhuzhou] = ['430000', '430100', '430200'].map((a) => federation.node(a)) as [TestNode, TestNode, TestNode];
  await makeOrganisations(changsha);
  await makeOrganisations(province);
}, 240_000);
afterAll(() => federation?.stop());

const isAt = (node: TestNode, id: string) =>
  eventually(
    () => node.anonymous.get(`/records/${encode(id)}`),
    (answer) => answer.status === 200,
    20_000,
  );

test('records of a city and of the province arrive everywhere by Kafka alone; digests agree', async () => {
  const own = await publish(await deskOf(changsha), opportunity(changsha, { title: '示例经由日志的机会' }));
  const above = await publish(await deskOf(province), opportunity(province, { title: '示例省级机会' }));
  for (const node of [province, zhuzhou]) await isAt(node, own.id);
  for (const node of [changsha, zhuzhou]) await isAt(node, above.id);
  for (const [node, origin, view] of [
    [province, '430100', 'up'],
    [province, '430100', 'peer'],
    [zhuzhou, '430100', 'peer'],
    [changsha, '430000', 'down'],
    [zhuzhou, '430000', 'down'],
  ] as const) {
    const roads = await roadsOf(node, origin, view);
    expect(roads, `${origin} ${view} at ${node.adcode}`).toEqual({ kafka: expect.any(Number), https: 0 });
    expect(roads.kafka, `${origin} ${view} at ${node.adcode}`).toBeGreaterThan(0);
  }
  expect((await digestsOf('up', changsha, province)).equal).toBe(true);
  expect((await digestsOf('peer', changsha, zhuzhou)).equal).toBe(true);
  expect((await digestsOf('down', province, zhuzhou)).equal).toBe(true);
});

test('the status and the page say by which road each feed travels, and how old it is', async () => {
  const status = await statusOf(province);
  const up = (status.feeds as Answer[]).find((f) => f.origin === '430100' && f.view === 'up');
  expect(up).toMatchObject({ road: 'kafka', lag: 0, roads: { https: 0 } });
  const html = await (await fetch(`${province.url}/federation`, { headers: { accept: 'text/html' } })).text();
  expect(html.includes('Kafka')).toBe(true);
});

test('the journey of one event can be followed from the city’s commit to the province’s row', async () => {
  const record = await publish(await deskOf(changsha), opportunity(changsha, { title: '示例追踪一条事件' }));
  await isAt(province, record.id);
  const trace = await eventually(
    async () => (await runVerb(['federation', 'trace', record.id, '--config', changsha.configFile, '--json'])).stdout,
    (text) => text.includes('"kafka"'),
  );
  const { steps } = JSON.parse(trace.answer) as { steps: Answer[] };
  const names = steps.map((s) => `${s.node} ${s.step}`);
  expect(names.findIndex((n) => n.startsWith('430100'))).toBe(0);
  expect(names.some((n) => n.startsWith('430000'))).toBe(true);
  expect(JSON.stringify(steps)).not.toContain('示例追踪一条事件');
});

test('a canary in an L3 and in an L4 field stands in no byte of the segment files; a published text does', async () => {
  const title = 'published-text-that-must-be-found';
  const record = await publish(
    await deskOf(changsha),
    opportunity(changsha, {
      title: `示例 ${title}`,
      core: { internalNote: L3, currentState: L4 },
      fieldLabels: { 'core.internalNote': PRESETS.lim, 'core.currentState': PRESETS.top },
    }),
  );
  for (const node of [province, zhuzhou]) await isAt(node, record.id);
  const segments = await segmentBytes(federation.broker.dataDir);
  expect(segments.includes(title)).toBe(true);
  for (const canary of [L3, L4]) expect(segments.includes(canary)).toBe(false);
});

test('no node opens a federation connection to a city, with the broker up', async () => {
  const received = async (node: TestNode) => {
    const text = await (await fetch(`${node.url}/metrics`)).text();
    const lines = text.split('\n').filter((l) => l.startsWith('xiangjing_federation_requests_total'));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(1)), 0);
  };
  expect(await received(changsha)).toBe(0);
  expect(await received(zhuzhou)).toBe(0);
  expect(await received(province)).toBeGreaterThan(0);
});

/** Every byte the broker keeps, in one buffer; small events are not compressed, so a text in them is found. */
async function segmentBytes(dir: string): Promise<Buffer> {
  const files = (await readdir(dir, { recursive: true })).filter((f) => f.endsWith('.log'));
  expect(files.length).toBeGreaterThan(3);
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(dir, file)))));
}
