import { createPool } from '@xiangjing/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wireEventOf } from '../https/read-page.ts';
import { createMemoryBroker, type MemoryBroker, type StoredRecord } from '../testing/memory-event-log.ts';
import type { TestNode } from '../testing/test-federation.ts';
import { cursorOf, holds, refusalsOf, roadOf, roadsOf, rowsOf, expectSoon, testRoads, type TestRoads } from '../testing/test-roads.ts';
import type { WireEvent } from '../wire.ts';

let roads: TestRoads;
let broker: MemoryBroker;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];

beforeEach(async () => {
  broker = createMemoryBroker();
  roads = await testRoads({ nowMs: () => performance.now() * 10 }); // ten seconds pass in one
  ({ province, changsha, zhuzhou } = roads);
});
afterEach(() => roads[Symbol.asyncDispose]());

const runCity = (city: TestNode, send: typeof fetch = fetch) => roads.runCity(city, { kafka: broker.open(city.adcode), fetch: send });
const runAll = async (send?: typeof fetch) => {
  await roads.runProvince(broker.open('430000'));
  for (const city of [changsha, zhuzhou]) await runCity(city, send);
};
const says = (node: TestNode, text: string) => async () => node.log.some((line) => line.includes(text));

test('while the log is healthy all events go by it, and HTTPS carries heartbeats alone', async () => {
  await runAll();
  const [ours, down] = [await roads.publish(changsha), await roads.publish(province)];
  for (const node of [province, zhuzhou]) await expectSoon(() => holds(node, ours));
  for (const node of [changsha, zhuzhou]) await expectSoon(() => holds(node, down));
  expect(await roadsOf(province)).toEqual({ kafka: 2 });
  expect(await roadsOf(zhuzhou)).toEqual({ kafka: 2 });
  expect(roads.pushed()).toBe(0);
  expect((await province.pools.apply.query('select from relay')).rows).toHaveLength(1);
  await expectSoon(async () => (await rowsOf(changsha, `select road, seq from push_cursor where view = 'up'`))[0], {
    road: 'kafka',
    seq: 1,
  });
  expect(await cursorOf(zhuzhou, '430100', 'peer')).toMatchObject({ road: 'kafka', log_offset: 1, incarnation: expect.any(String) });
  for (const node of [province, changsha, zhuzhou])
    await expectSoon(
      async () => await rowsOf(node, 'select distinct release, wire_generation as wire from peer_node'),
      [{ release: 'test', wire: 1 }],
    );
});

test('without a broker at the start HTTPS takes over, and the log carries alone once it is there', async () => {
  broker.setUp(false);
  await runAll();
  await roads.arrives(roads.publish(changsha));
  expect(await roadsOf(province)).toEqual({ https: 2 });
  broker.setUp(true);
  await expectSoon(async () => broker.records('430100', 'up').length, 1);
  for (const city of [changsha, zhuzhou]) await expectSoon(says(city, 'Kafka carries alone again'));
  await expectSoon(says(changsha, '"head":1,"logged":1,"received":1,"readerReadsLog":true'));
  const before = roads.pushed();
  await roads.arrives(roads.publish(changsha));
  expect(await roadsOf(province)).toEqual({ https: 2, kafka: 2 });
  expect(roads.pushed()).toBe(before);
});

test('a broker that goes and comes, is wiped, or has its connections to the database cut loses nothing and doubles nothing', async () => {
  await runAll();
  const owner = createPool(province.database.super);
  const cut = () =>
    owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename like '%apply%' or usename like '%publisher%'`);
  for (let round = 0; round < 3; round += 1) {
    const published = Promise.all([roads.publish(changsha), roads.publish(changsha)]);
    if (round === 0) broker.setUp(false);
    if (round === 1) broker.wipe();
    if (round === 2) await cut();
    await roads.arrives(published.then(([first]) => first));
    await roads.arrives(published.then(([, second]) => second));
    broker.setUp(true);
  }
  await owner.end();
  await expectSoon(async () => broker.records('430100', 'peer').length, 6);
  await expectSoon(() => roads.isWhole());
  const { rows } = await province.pools.app.query('select origin, view, seq from inbox group by 1, 2, 3 having count(*) > 1');
  expect(rows).toEqual([]);
  expect(await refusalsOf(province)).toEqual([]);
});

test('what the topic has lost is a gap: what follows is parked until HTTPS has filled it, and the log goes on', async () => {
  await runAll();
  await roads.arrives(roads.publish(changsha));
  broker.onTheWay((record) => (record.seq === 2 ? null : record));
  const lost = roads.publish(changsha);
  await expectSoon(async () => (await rowsOf(changsha, `select 1 from feed where seq = 2 and view = 'peer'`)).length, 1);
  await roads.publish(changsha);
  await roads.arrives(lost);
  await roads.arrives(roads.publish(changsha));
  expect(await roadOf(province, 2)).toEqual(['peer https', 'up https']);
  expect(await roadOf(zhuzhou, 2)).toEqual(['peer https']);
  await expectSoon(() => roads.isWhole());
  expect(await refusalsOf(province)).toEqual([]);
});

test('a gap that no road fills is told after a minute, and no longer once it is filled', async () => {
  let isCut = false;
  await runAll((input, init) => (isCut ? Promise.reject(new Error('no route')) : fetch(input, init)));
  await roads.arrives(roads.publish(changsha));
  broker.onTheWay((record, { view }) => (record.seq === 2 && view === 'peer' ? null : record));
  isCut = true;
  await roads.publish(changsha);
  await expectSoon(async () => broker.records('430100', 'up').length, 2);
  const after = roads.publish(changsha);
  await expectSoon(async () => (await cursorOf(zhuzhou, '430100', 'peer')).degraded_reason, 'events 2 to 2 have not come by any road');
  await expectSoon(says(zhuzhou, 'a feed is degraded'));
  isCut = false;
  await roads.arrives(after);
  await expectSoon(async () => (await cursorOf(zhuzhou, '430100', 'peer')).degraded_at, null);
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
  await roads.arrives(roads.publish(changsha));
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
    await roads.arrives(roads.publish(changsha));
  }
  broker.onTheWay(null);
  await roads.arrives(roads.publish(changsha));
  await expectSoon(() => roads.isWhole());
  expect(await cursorOf(province, '430100', 'up')).toMatchObject({ halted_code: null, head_seq: 9, seq: 9 });
  const refused = await refusalsOf(province);
  expect(refused.map((line) => line.split(' ')[0]!).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'SEQUENCE_GAP',
    ...Array.from({ length: 5 }, () => 'SIGNATURE_INVALID'),
    'SOURCE_MISMATCH',
  ]);
  expect(new Set(refused.map((line) => line.split(' ')[1]))).toEqual(new Set(['430100/up']));
  expect(await refusalsOf(zhuzhou)).toEqual([]);
  expect(province.log.filter((line) => line.includes('"alarm":true') && line.includes('left out'))).toHaveLength(7);
});

test('where HTTPS brings bad bytes as well the feed stands, and no other; good ones set it going', async () => {
  await roads.runProvince(broker.open('430000'));
  const id = await roads.publish(changsha);
  await changsha.egress().drain();
  const owner = createPool(changsha.database.super);
  const { rows } = await owner.query<{ seq: number; bytes: Buffer; signature: string; digest: string }>(
    `select * from feed where view = 'up'`,
  );
  const bad = reworked(wireEventOf(rows[0]!), (text) => text.replace('城区', '郊区'));
  const set = (bytes: Buffer) => owner.query(`update feed set bytes = $1 where view = 'up'`, [bytes]);
  await set(Buffer.from(bad.bytes, 'base64'));
  await runCity(changsha);
  await runCity(zhuzhou);
  await expectSoon(async () => (await cursorOf(province, '430100', 'up'))?.halted_code, 'SIGNATURE_INVALID');
  await expectSoon(() => holds(zhuzhou, id));
  expect(new Set(await refusalsOf(province))).toEqual(new Set(['SIGNATURE_INVALID 430100/up']));
  await set(rows[0]!.bytes);
  await owner.end();
  await expectSoon(() => holds(province, id));
  expect(await cursorOf(province, '430100', 'up')).toMatchObject({ halted_code: null });
});

test('two events that the origin signed under one number stop the feed on the log too', async () => {
  await runAll();
  await roads.arrives(roads.publish(changsha));
  const [held] = broker.records('430100', 'up');
  const twin = resigned(
    reworked(held!.event, (text) => text.replace('城区', '郊区')),
    changsha,
  );
  broker.records('430100', 'up').push({ ...held!, event: twin });
  await expectSoon(async () => (await cursorOf(province, '430100', 'up')).halted_code, 'EQUIVOCATION');
  expect(await refusalsOf(province)).toEqual(['EQUIVOCATION 430100/up']);
  const next = roads.publish(changsha);
  await expectSoon(async () => holds(zhuzhou, await next));
  expect(await holds(province, await next)).toBe(false);
});

test('a city without brokers pushes and pulls as ever, and its neighbours with brokers hear it by the relay', async () => {
  await roads.runProvince(broker.open('430000'));
  await roads.runCity(changsha, {});
  await runCity(zhuzhou);
  await roads.arrives(roads.publish(changsha));
  expect(await roadsOf(province)).toEqual({ https: 2 });
  expect(await roadsOf(zhuzhou)).toEqual({ https: 1 });
  await roads.arrives(roads.publish(changsha));
  // Once it had to be asked HTTPS stays: the next event waits for no heartbeat and no 15 s.
  const turns = zhuzhou.log.filter((line) => line.includes('"origin":"430100"') && /takes over|alone again/.test(line));
  expect(turns.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['HTTPS takes over beside Kafka']);
});

test('with a province of an older release, which says nothing of logs and of itself, HTTPS carries at once', async () => {
  const older: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const strip = (name: string, value: unknown) => (['readsLog', 'want', 'release', 'wireGeneration'].includes(name) ? undefined : value);
    return new Response(JSON.stringify(await answer.json(), strip), answer);
  };
  for (const city of [changsha, zhuzhou]) await runCity(city, older);
  const id = await roads.publish(changsha);
  for (const node of [province, zhuzhou]) await expectSoon(() => holds(node, id));
  expect(await says(changsha, '"readerReadsLog":false,"msg":"HTTPS takes over beside Kafka"')()).toBe(true);
  await expectSoon(() => roadsOf(province), { https: 2 });
  expect(await rowsOf(changsha, `select * from peer_node where adcode = '430000'`)).toEqual([]);
});
