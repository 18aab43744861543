import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestNode } from './support/federation.ts';
import { applyTopics, isReadByKafka, roadsOf, startKafkaFederation, type KafkaFederation } from './support/kafka-federation.ts';
import { digestsOf, expectAllArrived, newLedger, writeAll, type Ledger } from './support/ledger.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish, type Desk } from './support/records.ts';
import { encode } from './support/rest-client.ts';

/** The broker dies, stays away, and comes back empty. Users notice nothing, nothing is lost, nothing takes effect twice. */
const TAKE_OVER_MS = 20_000;
const RESUME_MS = 5_000;

let federation: KafkaFederation;
let province: TestNode;
let city: TestNode;
let desk: Desk;
beforeAll(async () => {
  federation = await startKafkaFederation({ nodes: ['430000', '430100'] });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  await makeOrganisations(city);
  desk = await deskOf(city);
}, 240_000);
afterAll(() => federation?.stop());

const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
const arrivesWithin = async (title: string, ms: number) => {
  const record = await publish(desk, opportunity(city, { title }));
  return eventually(
    () => province.anonymous.get(`/records/${encode(record.id)}`),
    (answer) => answer.status === 200,
    ms,
  );
};
const byKafka = async () => (await roadsOf(province, '430100', 'up')).kafka;
/** How long after now the province takes the next event by Kafka. */
async function kafkaResumes(): Promise<number> {
  const before = await byKafka();
  const { tookMs } = await eventually(byKafka, (now) => now > before, 30_000);
  return tookMs;
}

test('killed three times under load and stopped for a minute: loss 0, double effects 0, no write fails, HTTPS takes over, Kafka resumes', async () => {
  await arrivesWithin('示例开始', 20_000);
  await eventually(() => isReadByKafka(province, '430100', 'up'), Boolean, 30_000);
  const ledger: Ledger = newLedger();
  let enough = false;
  const writing = writeAll(city, desk, ledger, { clients: 2, isEnough: () => enough });
  const resumed: number[] = [];
  for (let kill = 0; kill < 3; kill++) {
    await sleep(2_000);
    await federation.broker.kill();
    await federation.broker.start();
    resumed.push(await kafkaResumes());
  }
  await federation.broker.stop();
  const stoppedAt = performance.now();
  const { https } = await roadsOf(province, '430100', 'up');
  const takenOver = await eventually(
    async () => (await roadsOf(province, '430100', 'up')).https,
    (now) => now > https,
    TAKE_OVER_MS,
  );
  await sleep(Math.max(0, 60_000 - (performance.now() - stoppedAt)));
  await federation.broker.start();
  resumed.push(await kafkaResumes());
  enough = true;
  await writing;
  console.log(
    `HTTPS took over after ${takenOver.tookMs.toFixed(0)} ms; Kafka was back ${resumed.map((ms) => ms.toFixed(0)).join(', ')} ms after the broker was ready`,
  );
  console.log(`${ledger.done} writes acknowledged, ${ledger.failed} failed`);
  expect(ledger.failed).toBe(0);
  for (const ms of resumed) expect(ms).toBeLessThan(RESUME_MS);
  await expectAllArrived(ledger, { city, province });
}, 400_000);

test('a wiped broker is filled again from the feed tables: a new reader of the topic finds every event', async () => {
  await federation.broker.stop();
  await federation.broker.wipe();
  await federation.broker.start();
  expect(await applyTopics(province)).toMatchObject({ code: 0 });
  const before = await byKafka();
  await eventually(
    async () => {
      await arrivesWithin('示例清空之后', 60_000);
      return byKafka();
    },
    (now) => now > before,
    90_000,
  );
  const [head] = await city.sql<{ seq: string }>(`select seq from feed_head where view = 'up'`);
  await eventually(
    () => city.sql<{ seq: string; incarnation: string }>(`select seq, incarnation from log_cursor where view = 'up'`),
    ([at]) => at?.seq === head!.seq,
    60_000,
  );
  expect((await digestsOf('up', city, province)).equal).toBe(true);
}, 180_000);

test('with the broker down no node opens a federation connection to a city either', async () => {
  await federation.broker.stop();
  await arrivesWithin('示例没有代理时', 40_000);
  const text = await (await fetch(`${city.url}/metrics`)).text();
  const counted = text.split('\n').filter((l) => l.startsWith('xiangjing_federation_requests_total'));
  expect(counted.reduce((sum, line) => sum + Number(line.split(' ').at(1)), 0)).toBe(0);
  await federation.broker.start();
}, 120_000);
