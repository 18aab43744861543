import { afterEach, beforeEach, expect, test } from 'vitest';
import { feedDigests } from './feed-digests.ts';
import { createMemoryBroker, type MemoryBroker, type StoredRecord } from './testing/memory-event-log.ts';
import { testFederation, type TestFederation, type TestNode } from './testing/test-federation.ts';
import { putRecord } from './testing/test-records.ts';
import type { WireEvent } from './wire.ts';

/** Ten seconds pass in one. */
const nowMs = () => performance.now() * 10;
const PATIENCE_MS = 20_000;

let federation: TestFederation;
let broker: MemoryBroker;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
let running: { stop(): Promise<unknown> }[] = [];
/** Events in bodies of pushes, and in pages pulled, by city. */
let overHttps = 0;

const counting: typeof fetch = async (input, init) => {
  const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as { events?: unknown[] }) : {};
  overHttps += body.events?.length ?? 0;
  return fetch(input, init);
};

beforeEach(async () => {
  overHttps = 0;
  broker = createMemoryBroker();
  federation = await testFederation(['430100', '430200'], { nowMs });
  province = federation.province;
  [changsha, zhuzhou] = federation.cities as [TestNode, TestNode];
});
afterEach(async () => {
  for (const part of running.splice(0)) await part.stop();
  await federation[Symbol.asyncDispose]();
});

async function run(...parts: { start(): Promise<void>; stop(): Promise<unknown> }[]): Promise<void> {
  for (const part of parts) {
    await part.start();
    running.push(part);
  }
}
/** All of the province on the log. */
const runProvince = () => {
  const log = broker.open('430000');
  return run(province.logPublisher(log), province.logReader(log));
};
const runCity = (city: TestNode) => {
  const kafka = broker.open(city.adcode);
  const more = { kafka, heartbeatMs: 500, fetch: counting };
  return run(city.egress(), city.push(more), city.pull(more));
};
const runAll = async () => {
  await runProvince();
  for (const city of federation.cities) await runCity(city);
};

const soon = async (what: () => Promise<unknown>, is: unknown = true): Promise<void> => {
  await expect.poll(what, { timeout: PATIENCE_MS, interval: 50 }).toEqual(is);
};
const rowsOf = async (node: TestNode, sql: string, values: unknown[] = []) => (await node.pools.app.query(sql, values)).rows;
const publish = async (node: TestNode): Promise<string> => {
  const id = await putRecord(node.pools.app, node.adcode);
  await node.pools.app.query(`select pg_notify('xiangjing_intent', '')`);
  return id;
};
const holds = async (node: TestNode, id: string) => (await rowsOf(node, 'select 1 from replica where record_id = $1', [id])).length === 1;
const roads = async (node: TestNode) =>
  Object.fromEntries((await rowsOf(node, 'select road, count(*)::int from inbox group by road')).map(({ road, count }) => [road, count]));
const cursorOf = async (node: TestNode, origin: string, view: string) =>
  (await rowsOf(node, 'select * from peer_cursor where origin = $1 and view = $2', [origin, view]))[0];
const refusals = async (node: TestNode) =>
  (await rowsOf(node, 'select code, origin, view from refusal order by id')).map(({ code, origin, view }) => `${code} ${origin}/${view}`);
const isWhole = async () => {
  const root = async (node: TestNode, side: string, origin: string, view: string) =>
    (await feedDigests(node.pools.app, node.adcode)).find((d) => d.side === side && d.origin === origin && d.view === view)?.root;
  return (
    (await root(province, 'received', '430100', 'up')) === (await root(changsha, 'sent', '430100', 'up')) &&
    (await root(zhuzhou, 'received', '430100', 'peer')) === (await root(changsha, 'sent', '430100', 'peer'))
  );
};

test('while the log is healthy all events go by it, and HTTPS carries heartbeats alone', async () => {
  await runAll();
  const [ours, down] = [await publish(changsha), await publish(province)];
  await run(province.egress());
  for (const [node, id] of [
    [province, ours],
    [zhuzhou, ours],
    [changsha, down],
    [zhuzhou, down],
  ] as const)
    await soon(() => holds(node, id));
  expect(await roads(province)).toEqual({ kafka: 2 });
  expect(await roads(zhuzhou)).toEqual({ kafka: 2 });
  expect(overHttps).toBe(0);
  expect((await province.pools.apply.query('select from relay')).rows).toHaveLength(1);
  await soon(async () => (await rowsOf(changsha, `select road, seq from push_cursor where view = 'up'`))[0], { road: 'kafka', seq: 1 });
  expect(await cursorOf(zhuzhou, '430100', 'peer')).toMatchObject({ road: 'kafka', log_offset: 1, incarnation: expect.any(String) });
});

test('without a broker at the start HTTPS takes over, and the log carries alone once it is there', async () => {
  broker.setUp(false);
  await runAll();
  const first = await publish(changsha);
  for (const node of [province, zhuzhou]) await soon(() => holds(node, first));
  expect(await roads(province)).toEqual({ https: 2 });
  broker.setUp(true);
  await soon(async () => broker.records('430100', 'up').length, 1);
  await soon(async () => changsha.log.some((line) => line.includes('the log carries alone again')));
  const before = overHttps;
  const second = await publish(changsha);
  for (const node of [province, zhuzhou]) await soon(() => holds(node, second));
  expect(await roads(province)).toEqual({ https: 2, kafka: 2 });
  expect(overHttps).toBe(before);
});

/** Published and arrived at the province and at the other city. */
async function arrives(id: Promise<string>): Promise<void> {
  for (const node of [province, zhuzhou]) await soon(async () => holds(node, await id));
}
const roadOf = async (node: TestNode, seq: number) =>
  (await rowsOf(node, `select view, road from inbox where origin = '430100' and seq = $1 order by view`, [seq])).map(
    (row) => `${row.view} ${row.road}`,
  );

test('what the topic has lost is a gap: what follows is parked until HTTPS has filled it, and the log goes on', async () => {
  await runAll();
  await arrives(publish(changsha));
  broker.onTheWay((record) => (record.seq === 2 ? null : record));
  const lost = publish(changsha);
  await soon(async () => (await rowsOf(changsha, `select 1 from feed where seq = 2 and view = 'peer'`)).length, 1);
  await publish(changsha);
  await arrives(lost);
  await arrives(publish(changsha));
  expect(await roadOf(province, 2)).toEqual(['peer https', 'up https']);
  expect(await roadOf(zhuzhou, 2)).toEqual(['peer https']);
  expect(await roadOf(zhuzhou, 4)).toEqual(['peer kafka']);
  expect(await isWhole()).toBe(true);
  expect(await refusals(province)).toEqual([]);
});

const reworked = (event: WireEvent, change: (text: string) => string): WireEvent => ({
  ...event,
  bytes: Buffer.from(change(Buffer.from(event.bytes, 'base64').toString('utf8'))).toString('base64'),
});
const resigned = (event: WireEvent, node: TestNode): WireEvent => ({
  ...event,
  signature: node.signer.sign(Buffer.from(event.bytes, 'base64')),
});
const headerSwapped = (event: WireEvent, more: object): WireEvent => {
  const [header, mark] = event.signature.split('..') as [string, string];
  const changed = { ...(JSON.parse(Buffer.from(header, 'base64url').toString()) as object), ...more };
  return { ...event, signature: `${Buffer.from(JSON.stringify(changed)).toString('base64url')}..${mark}` };
};

test('a bad record is left out and told, its number comes by HTTPS, and neither its feed nor another stands still', async () => {
  await runAll();
  await arrives(publish(changsha));
  const [ofPeer] = broker.records('430100', 'peer');
  const spoilt: Record<string, (record: StoredRecord) => StoredRecord> = {
    tampered: ({ event, ...at }) => ({ ...at, event: reworked(event, (text) => text.replace('城区', '郊区')) }),
    'signed by another node': ({ event, ...at }) => ({ ...at, event: resigned(event, zhuzhou) }),
    'under another algorithm': ({ event, ...at }) => ({ ...at, event: headerSwapped(event, { alg: 'none' }) }),
    oversized: ({ event, ...at }) => ({ ...at, event: reworked(event, (text) => text + ' '.repeat(300_000)) }),
    'replayed from another view': (at) => ({ ...at, event: ofPeer!.event }),
    'far ahead of the feed': ({ event }) => ({ epoch: 1, seq: 999, event: resigned(event, zhuzhou) }),
    'of another epoch': ({ event, seq }) => ({ epoch: 2, seq, event }),
  };
  for (const spoil of Object.values(spoilt)) {
    broker.onTheWay((record, { view }) => (view === 'up' ? spoil(record) : record));
    await arrives(publish(changsha));
  }
  broker.onTheWay(null);
  await arrives(publish(changsha));
  await arrives(publish(zhuzhou).then(async () => publish(changsha)));
  expect(await isWhole()).toBe(true);
  expect(await cursorOf(province, '430100', 'up')).toMatchObject({ halted_code: null, head_seq: 10, seq: 10 });
  expect((await refusals(province)).map((line) => line.split(' ')[0]).toSorted()).toEqual([
    'SEQUENCE_GAP',
    ...Array.from({ length: 5 }, () => 'SIGNATURE_INVALID'),
    'SOURCE_MISMATCH',
  ]);
  expect(new Set((await refusals(province)).map((line) => line.split(' ')[1]))).toEqual(new Set(['430100/up']));
  expect(await refusals(zhuzhou)).toEqual([]);
  expect(province.log.filter((line) => line.includes('"alarm":true') && line.includes('left out'))).toHaveLength(7);
});
