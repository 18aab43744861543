import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedDigests } from './feed-digests.ts';
import { requestComparison } from './request-comparison.ts';
import { answering, comparing } from './testing/comparing.ts';
import { rawRequest } from './testing/signed-fetch.ts';
import { testFederation, type TestFederation, type TestNode } from './testing/test-federation.ts';
import { changeRecord, putFact, putRecord, uuidv7 } from './testing/test-records.ts';

const warnings: string[] = [];
const noteWarning = ({ message }: Error) => void warnings.push(message);
let federation: TestFederation;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
const ids: string[] = [];
let factId = '';
beforeAll(async () => {
  process.on('warning', noteWarning);
  federation = await testFederation(['430100', '430200']);
  province = federation.province;
  [changsha, zhuzhou] = federation.cities as [TestNode, TestNode];
  for (let i = 0; i < 8; i += 1) ids.push(await putRecord(changsha.pools.app, '430100'));
  await carry();
  factId = await putFact(changsha.pools.app, '430100', ids[0]!);
  await changeRecord(changsha.pools.app, ids[1]!, { core: { title: '改过的名称' } });
  await changeRecord(changsha.pools.app, ids[2]!, { stage: 'withdrawn' });
  await putRecord(province.pools.app, '430000');
  await province.egress().drain();
  await carry();
});
afterAll(async () => {
  process.off('warning', noteWarning);
  await federation[Symbol.asyncDispose]();
});

async function carry() {
  await changsha.egress().drain();
  await changsha.push().drain();
  for (const city of [zhuzhou, changsha]) await city.pull().drain();
}
const rowsOf = async (node: TestNode, sql: string, values: unknown[] = []) => (await node.pools.apply.query(sql, values)).rows;
/** All that a node serves of another's records, but for when it came. */
const heldBy = async (node: TestNode) => ({
  bytes: await rowsOf(
    node,
    'select origin, view, record_id, epoch, seq, rev, type, state, bytes, digest, signature from replica_bytes order by 1, 2, 3',
  ),
  replicas: await rowsOf(node, 'select record_id, rev, state, view, reason, document from replica order by 1'),
  listed: await rowsOf(node, 'select id, rev, title, first_published_on from listed_record order by 1'),
  facts: await rowsOf(node, 'select fact_id, type, root_id from replica_fact order by 1'),
  relay: await rowsOf(node, 'select origin, view, seq, record_id, bytes, digest, signature from relay order by 1, 2, 3'),
});
const comparisonOf = async (node: TestNode, origin: string, view: string) =>
  (await rowsOf(node, 'select equal, repaired, unknown, seq from comparison where origin = $1 and view = $2', [origin, view]))[0];
const repairsAt = async (node: TestNode, after = 0) =>
  rowsOf(node, 'select record_id, rev, view, outcome, reason from repair where id > $1 order by id', [after]);
const lastRepair = async (node: TestNode) => (await rowsOf(node, 'select coalesce(max(id), 0) as id from repair'))[0].id as number;
const alarms = (node: TestNode) => node.log.filter((line) => line.includes('"alarm":true') && line.includes('differed from what was sent'));

type Damage = [name: string, sql: string, value: () => string, outcome: string];
const damages: Damage[] = [
  ['a replica row deleted', 'delete from replica where record_id = $1', () => ids[3]!, 'restored'],
  ['bytes deleted', 'delete from replica_bytes where record_id = $1', () => ids[4]!, 'restored'],
  ['a list row deleted', 'delete from listed_record where id = $1', () => ids[5]!, 'restored'],
  ['all of a record deleted', 'with a as (delete from replica where record_id = $1), b as (delete from listed_record where id = $1) delete from replica_bytes where record_id = $1', () => ids[6]!, 'restored'],
  ['bytes altered', `update replica_bytes set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '城区', '郊区'), 'UTF8') where record_id = $1`, () => ids[7]!, 'replaced'],
  ['bytes and their digest altered', `update replica_bytes set bytes = bytes || '\\x20', digest = encode(sha256(bytes || '\\x20'), 'hex') where record_id = $1`, () => ids[0]!, 'replaced'],
  ['an older revision put back', `update replica_bytes set rev = 1 where record_id = $1`, () => ids[1]!, 'restored'],
  ['a tombstone deleted', 'delete from replica where record_id = $1', () => ids[2]!, 'restored'],
]; // prettier-ignore

test('equal feeds are found equal, at a city and at the province', async () => {
  const found = await comparing(zhuzhou).compareNow();
  expect(found.map(({ origin, view, equal }) => [origin, view, equal]).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    ['430000', 'down', true],
    ['430100', 'peer', true],
  ]);
  for (const view of ['up', 'peer']) await answering(changsha).answerWant({ view, digest: true });
  for (const view of ['up', 'peer'])
    expect(await comparisonOf(province, '430100', view)).toMatchObject({ equal: true, repaired: 0, unknown: 0 });
  expect(await repairsAt(province)).toEqual([]);
});

test('a comparison that is wanted with every answer to a push is made once at a time for each view', async () => {
  const answerer = answering(changsha);
  const first = answerer.answerWant({ view: 'up', digest: true });
  expect(answerer.answerWant({ view: 'up', digest: true })).toBe(first);
  expect(answerer.answerWant({ view: 'peer', digest: true })).not.toBe(first);
  await answerer.stop();
});

test.each(damages)('a city finds and mends within one comparison: %s', async (_, sql, value, outcome) => {
  const before = await heldBy(zhuzhou);
  const [repair, told] = [await lastRepair(zhuzhou), alarms(zhuzhou).length];
  await zhuzhou.pools.apply.query(sql, [value()]);
  expect(await heldBy(zhuzhou)).not.toEqual(before);
  const found = await comparing(zhuzhou).compareNow();
  expect(found.find((f) => f.view === 'peer')).toMatchObject({ equal: false, repaired: 1, refused: 0, unknown: 0 });
  expect(await repairsAt(zhuzhou, repair)).toMatchObject([{ record_id: value(), view: 'peer', outcome }]);
  expect(alarms(zhuzhou)).toHaveLength(told + 1);
  expect(withoutTarget(await heldBy(zhuzhou))).toEqual(withoutTarget(before));
  expect((await comparing(zhuzhou).compareNow()).every((f) => f.equal)).toBe(true);
});

test.each([...damages, ['a fact deleted', 'delete from replica_fact where fact_id = $1', () => factId, 'restored'] as Damage])(
  'the province finds and mends what a city pushed, asking nobody: %s',
  async (_, sql, value, outcome) => {
    const before = await heldBy(province);
    const repair = await lastRepair(province);
    await province.pools.apply.query(sql, [value()]);
    expect(await heldBy(province)).not.toEqual(before);
    await answering(changsha).answerWant({ view: 'up', digest: true });
    expect(await repairsAt(province, repair)).toMatchObject([{ record_id: expect.stringContaining(value()), view: 'up', outcome }]);
    expect(await comparisonOf(province, '430100', 'up')).toMatchObject({ equal: false, repaired: 1, unknown: 0 });
    expect(withoutTarget(await heldBy(province))).toEqual(withoutTarget(before));
    await answering(changsha).answerWant({ view: 'up', digest: true });
    expect(await comparisonOf(province, '430100', 'up')).toMatchObject({ equal: true });
  },
);

test.each([
  ['lost', 'delete from relay where record_id = $1', 'restored'],
  [
    'altered',
    `update relay set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '城区', '郊区'), 'UTF8') where record_id = $1`,
    'replaced',
  ],
  ['no text any more', `update relay set bytes = '\\xff00' where record_id = $1`, 'replaced'],
])('the province mends what it carries for others: %s', async (_, sql, outcome) => {
  const before = await heldBy(province);
  const repair = await lastRepair(province);
  await province.pools.apply.query(sql, [ids[3]]);
  await answering(changsha).answerWant({ view: 'peer', digest: true });
  expect(await repairsAt(province, repair)).toMatchObject([{ record_id: ids[3], view: 'peer', outcome }]);
  expect(await heldBy(province)).toEqual(before);
});

test('what the origin never sent is told once, counted each time, and left alone', async () => {
  const stranger = `urn:xiangjing:430100:opportunity:${uuidv7()}`;
  const ghost = `urn:xiangjing:430100:opportunity:${uuidv7()}`;
  const copy = (view: string) =>
    `insert into replica_bytes select origin, view, $1, epoch, seq, rev, type, state, reason, bytes, digest, signature, received_at from replica_bytes where view = '${view}' and record_id = $2`;
  for (const [node, view] of [
    [zhuzhou, 'peer'],
    [province, 'up'],
  ] as const) {
    // prettier-ignore
    await node.pools.apply.query(copy(view), [stranger, ids[3]]);
    await node.pools.apply.query(
      `insert into replica select origin, $1, kind, rev, state, view, reason, document, received_at from replica where record_id = $2`,
      [ghost, ids[3]],
    );
    const [before, repair] = [await heldBy(node), await lastRepair(node)];
    for (const _ of [1, 2]) {
      if (node === zhuzhou)
        expect((await comparing(node).compareNow()).find((f) => f.view === view)).toMatchObject({ equal: false, unknown: 2, repaired: 0 });
      else await answering(changsha).answerWant({ view, digest: true });
      expect(await comparisonOf(node, '430100', view)).toMatchObject({ equal: false, unknown: 2, repaired: 0 });
    }
    const told = await repairsAt(node, repair);
    expect(told.map((r) => [r.record_id, r.outcome]).toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual(
      [stranger, ghost].sort().map((id) => [id, 'not-sent-by-origin']),
    );
    expect(await heldBy(node)).toEqual(before);
    for (const table of ['replica_bytes', 'replica'])
      await node.pools.apply.query(`delete from ${table} where record_id = any ($1)`, [[stranger, ghost]]);
  }
});

test('a newer revision held here is told and never overwritten', async () => {
  await zhuzhou.pools.apply.query('update replica_bytes set rev = 9 where record_id = $1', [ids[3]]);
  const before = await heldBy(zhuzhou);
  expect((await comparing(zhuzhou).compareNow()).find((f) => f.view === 'peer')).toMatchObject({ equal: false, unknown: 1, repaired: 0 });
  expect(await heldBy(zhuzhou)).toEqual(before);
  await zhuzhou.pools.apply.query('update replica_bytes set rev = 1 where record_id = $1', [ids[3]]);
});

test('a province that alters events, or hands out older ones, repairs nothing', async () => {
  for (const [table, key] of [
    ['replica_bytes', 'record_id'],
    ['replica', 'record_id'],
    ['listed_record', 'id'],
  ])
    // prettier-ignore
    await zhuzhou.pools.apply.query(`delete from ${table} where ${key} = any ($1)`, [[ids[1], ids[3]]]);
  const before = await heldBy(zhuzhou);
  const tampering = (change: (body: { events: { seq: number; bytes: string; signature: string }[] }) => void): typeof fetch =>
    (async (input: URL, init: RequestInit) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/federation/v1/events')) return response;
      const body = (await response.json()) as Parameters<typeof change>[0];
      change(body);
      return new Response(JSON.stringify(body), { status: 200, headers: response.headers });
    }) as typeof fetch;
  const altered = tampering(({ events }) => {
    for (const event of events) {
      const text = Buffer.from(event.bytes, 'base64')
        .toString()
        .replaceAll('小切口', '大切口')
        .replace('"rev":1', '"rev":3')
        .replace('"rev":2', '"rev":3');
      event.bytes = Buffer.from(text).toString('base64');
    }
  });
  const [old] = await rowsOf(province, `select epoch, seq, bytes, signature from relay where record_id = $1 order by seq limit 1`, [
    ids[1],
  ]);
  const older = tampering(({ events }) => {
    events.splice(0, events.length, { ...old, bytes: (old.bytes as Buffer).toString('base64') });
  });
  const misplaced = tampering(({ events }) => events.forEach((event) => (event.seq = 1)));
  for (const [send, reason, refused] of [
    [altered, 'signature does not verify', 2],
    [older, 'was received before', 1],
    [misplaced, 'sequence', 2],
  ] as const) {
    // prettier-ignore
    const repair = await lastRepair(zhuzhou);
    const found = await comparing(zhuzhou, { fetch: send }).compareNow();
    expect(found.find((f) => f.view === 'peer')).toMatchObject({ equal: false, repaired: 0 });
    const rows = await repairsAt(zhuzhou, repair);
    expect(rows).toHaveLength(refused);
    for (const row of rows) expect(row).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(reason) });
    expect(await heldBy(zhuzhou)).toEqual(before);
  }
  expect((await comparing(zhuzhou).compareNow()).find((f) => f.view === 'peer')).toMatchObject({ repaired: 2, refused: 0 });
});

test('a feed whose comparison fails keeps no other waiting, and is left alone for a while', async () => {
  const [first, second] = (await comparing(zhuzhou).compareNow()).map((f) => f.origin) as [string, string];
  expect([first, second].sort()).toEqual(['430000', '430100']);
  const asked: string[] = [];
  const failing = (async (input: URL, init: RequestInit) => {
    const origin = new URL(String(input)).searchParams.get('origin')!;
    asked.push(origin);
    return origin === first ? new Response('broken', { status: 500 }) : fetch(input, init);
  }) as typeof fetch;
  const comparisons = comparing(zhuzhou, { fetch: failing, tickMs: 20 });
  expect(await comparisons.compareNow()).toMatchObject([{ origin: second, equal: true }]);
  asked.length = 0;
  await comparisons.start();
  await requestComparison(zhuzhou.pools.app);
  await expect.poll(() => asked).toContain(second);
  await setTimeout(300);
  expect(asked.filter((origin) => origin === first)).toHaveLength(1);
  await comparisons.stop();
  expect(zhuzhou.log.some((line) => line.includes('could not be compared') && line.includes(`"origin":"${first}"`))).toBe(true);
});

test('a feed that is not level is not compared', async () => {
  const stood = await comparisonOf(province, '430100', 'up');
  await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  await answering(changsha).answerWant({ view: 'up', digest: true });
  expect(await comparisonOf(province, '430100', 'up')).toEqual(stood);
  await changsha.push().drain();
  await zhuzhou.pools.apply.query('delete from replica where record_id = $1', [ids[3]]);
  const found = await comparing(zhuzhou).compareNow();
  expect(found.find((f) => f.view === 'peer')).toMatchObject({ equal: null, repaired: 0 });
  await zhuzhou.pull().drain();
  expect((await comparing(zhuzhou).compareNow()).find((f) => f.view === 'peer')).toMatchObject({ equal: false, repaired: 1 });
});

test('what a repair brings is judged like any event: nothing above the view, nothing beyond the cursor', async () => {
  const send = async (event: object) => {
    const bytes = Buffer.from(JSON.stringify(event));
    const { fedepoch: epoch, sequence } = event as { fedepoch: number; sequence: string };
    const placed = { epoch, seq: Number(sequence), bytes: bytes.toString('base64'), signature: changsha.signer.sign(bytes) };
    const body = { origin: '430100', view: 'up', events: [placed] };
    return (await rawRequest(province, { method: 'POST', path: '/federation/v1/events', signer: changsha.signer, body })).json;
  };
  const [row] = await rowsOf(province, `select bytes from replica_bytes where view = 'up' and record_id = $1`, [ids[3]]);
  const event = JSON.parse((row.bytes as Buffer).toString()) as Record<string, unknown> & { data: Record<string, Record<string, unknown>> };
  await province.pools.apply.query('delete from replica_bytes where record_id = $1', [ids[3]]);
  const [before, repair] = [await heldBy(province), await lastRepair(province)];
  await openAtProvince();

  const personal = structuredClone(event);
  personal.data.core!.contact = { name: '某人' };
  personal.data.labels!['core.contact'] = { level: 'L1', pi: 'none', safety: 'ordinary', share: 'U', open: 'oU' };
  expect(await send(personal)).toEqual({ repaired: 0, refused: 1 });
  expect(await send({ ...event, source: 'urn:xiangjing:430200' })).toEqual({ repaired: 0, refused: 1 });
  const head = (await rowsOf(province, `select seq from peer_cursor where origin = '430100' and view = 'up'`))[0].seq as number;
  const next = { ...event, id: `430100/up/1/${head + 1}`, sequence: String(head + 1).padStart(19, '0') };
  expect(await send(next)).toEqual({ repaired: 0, refused: 0 });
  expect(await heldBy(province)).toEqual(before);
  const rows = await repairsAt(province, repair);
  expect(rows).toMatchObject([
    { record_id: ids[3], outcome: 'refused', reason: expect.stringContaining('TIER_EXCEEDED') },
    { record_id: ids[3], outcome: 'refused', reason: expect.stringContaining('source') },
  ]);
  expect(JSON.stringify(rows)).not.toContain('某人');
  await answering(changsha).answerWant({ view: 'up', digest: true });
  expect(await comparisonOf(province, '430100', 'up')).toMatchObject({ repaired: 1 });
});

/** A digest at the province's own cursor that names nothing: it differs, whatever is held. */
async function openAtProvince() {
  const [at] = await rowsOf(province, `select epoch, seq from peer_cursor where origin = '430100' and view = 'up'`);
  const verdict = await postToProvince('digest', { ...at, buckets: [] });
  expect(verdict).toMatchObject({ status: 200, json: { level: true } });
}
const postToProvince = (path: string, body: object) =>
  rawRequest(province, {
    method: 'POST',
    path: `/federation/v1/${path}`,
    signer: changsha.signer,
    body: { origin: '430100', view: 'up', ...body },
  });
const strange = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ epoch: 1, seq: from + i, bytes: Buffer.from('{}').toString('base64'), signature: 'none' }));

test('items and events are taken only while a digest that differed is fresh, whichever process judged it', async () => {
  const items = { epoch: 1, seq: 1, buckets: [1], after: '', upTo: null, items: [] };
  const both = async () =>
    Promise.all([postToProvince('items', items), postToProvince('events', { events: [] })]).then((of) => of.map((a) => a.status));
  const since = (await rowsOf(province, 'select coalesce(max(id), 0) as id from refusal'))[0].id as number;
  await answering(changsha).answerWant({ view: 'up', digest: true });
  expect(await comparisonOf(province, '430100', 'up')).toMatchObject({ equal: true });
  expect(await both()).toEqual([409, 409]);
  expect(await rowsOf(province, 'select peer, code from refusal where id > $1', [since])).toEqual([
    { peer: '430100', code: 'STAGE_CONFLICT' },
  ]);
  await openAtProvince();
  expect(await both()).toEqual([200, 200]);
  await province.pools.apply.query(`update comparison set at = at - interval '16 minutes'`);
  expect(await both()).toEqual([409, 409]);
});

test('what is refused of a feed makes so many rows in an hour and no more, and is counted all the same', async () => {
  await province.pools.apply.query(`update comparison set at = now()`);
  await openAtProvince();
  const [repair, told] = [await lastRepair(province), alarms(province).length];
  const before = await rowsOf(province, `select from repair where view = 'up' and outcome = 'refused'`);
  for (const from of [1_000, 2_000, 3_000])
    expect((await postToProvince('events', { events: strange(from, 15) })).json).toEqual({ repaired: 0, refused: 15 });
  expect(await repairsAt(province, repair)).toHaveLength(20 - before.length);
  expect(alarms(province)).toHaveLength(told + 2);
  expect(warnings.filter((text) => text.includes('already executing a query'))).toEqual([]); // many were refused at once
});

test('numbers and names that no column holds are refused by the schema', async () => {
  await openAtProvince();
  const posts = [
    await postToProvince('digest', { epoch: 2 ** 31, seq: 1, buckets: [] }),
    await postToProvince('digest', { epoch: 1, seq: 2 ** 63, buckets: [] }),
    await postToProvince('items', { epoch: 2 ** 31, seq: 1, buckets: [1], after: '', upTo: null, items: [] }),
    await postToProvince('items', { epoch: 1, seq: 1, buckets: [1], after: 'a\0', upTo: null, items: [] }),
    await postToProvince('events', { events: strange(1, 1).map((event) => ({ ...event, epoch: 2 ** 31 })) }),
    await postToProvince('events', { events: strange(2 ** 63, 1) }),
  ];
  expect(posts.map(({ status }) => status)).toEqual(posts.map(() => 422));
  await answering(changsha).answerWant({ view: 'up', digest: true });
});

test('the want travels in the answer to a push, and the city does the rest', async () => {
  await province.pools.apply.query('delete from replica where record_id = $1', [ids[3]]);
  const repair = await lastRepair(province);
  const answerer = answering(changsha);
  const push = () => changsha.push({ answerWant: (want) => answerer.answerWant(want) }).drain();
  await push(); // nothing is wanted yet
  await answerer.stop();
  expect(await repairsAt(province, repair)).toEqual([]);
  expect(await province.comparisons.compareNow()).toEqual([]);
  const second = answering(changsha);
  await changsha.push({ answerWant: (want) => second.answerWant(want) }).drain();
  await expect.poll(() => repairsAt(province, repair)).toMatchObject([{ record_id: ids[3], outcome: 'restored' }]);
  await expect.poll(() => province.comparisons.wants('430100', 'up')).toBeNull();
  await second.stop();
});

test('only who may read a view compares it, and only its origin answers for one', async () => {
  const get = (path: string, signer = changsha.signer) => rawRequest(province, { path: `/federation/v1/${path}`, signer });
  const post = (path: string, body: object, signer = zhuzhou.signer) =>
    rawRequest(province, { method: 'POST', path: `/federation/v1/${path}`, signer, body: { origin: '430100', view: 'up', ...body } });
  const answers = [
    await get('digest?origin=430100&view=peer'),
    await get('items?origin=430200&view=up&bucket=1'),
    await get(`events?origin=430100&view=up&id=${ids[0]}`),
    await get('items?origin=430000&view=public&bucket=1'),
    await post('digest', { epoch: 1, seq: 1, buckets: [] }),
    await post('items', { epoch: 1, seq: 1, buckets: [1], after: '', upTo: null, items: [] }),
    await post('events', { events: [] }),
    await post('digest', { epoch: 1, seq: 1, buckets: [], view: 'down' }, changsha.signer),
    await rawRequest(changsha, { path: '/federation/v1/items?origin=430100&view=peer&bucket=1', signer: zhuzhou.signer, to: '430100' }),
  ];
  for (const { status, text } of answers) expect([status, text]).toEqual([404, answers[0]!.text]);
  expect((await get('items?origin=430200&view=peer&bucket=300')).status).toBe(422);
  expect((await get(`events?origin=430200&view=peer&${'id=x&'.repeat(51)}`)).status).toBe(422);
  expect((await get('digest?origin=430200&view=peer')).json).not.toHaveProperty('buckets');
});

test('the province wants a comparison when one is due or asked for, until it has been made', async () => {
  const comparisons = comparing(province, { tickMs: 20 });
  await province.pools.apply.query('update comparison set at = now()');
  await comparisons.start();
  await expect.poll(async () => (await rowsOf(province, 'select 1 from peer_cursor')).length).toBeGreaterThan(0);
  expect(comparisons.wants('430100', 'up')).toBeNull();
  await requestComparison(province.pools.app);
  await expect.poll(() => comparisons.wants('430100', 'up')).toEqual({ digest: true });
  expect(comparisons.wants('430100', 'peer')).toEqual({ digest: true });
  await answering(changsha).answerWant({ view: 'up', digest: true }); // by another process of the province
  await expect.poll(() => comparisons.wants('430100', 'up')).toBeNull();
  expect(comparisons.wants('430100', 'peer')).toEqual({ digest: true });
  await comparisons.stop();
});

test('a city compares by itself when asked, and a row changed by hand is noticed though the digests of the status are kept', async () => {
  const cache = new Map();
  const peer = async () =>
    (await feedDigests(zhuzhou.pools.app, '430200', cache)).find((d) => d.origin === '430100' && d.side === 'received')!;
  const before = await peer();
  await zhuzhou.pools.apply.query('delete from listed_record where id = $1', [ids[5]]);
  expect(await peer()).toEqual(before); // nothing moved: the kept digest is told
  expect(await feedDigests(zhuzhou.pools.app, '430200')).toContainEqual({
    ...before,
    count: before.count - 1,
    root: expect.not.stringMatching(before.root),
  });
  const comparisons = comparing(zhuzhou);
  await comparisons.start();
  const repair = await lastRepair(zhuzhou);
  await requestComparison(zhuzhou.pools.app);
  await expect.poll(() => repairsAt(zhuzhou, repair)).toMatchObject([{ record_id: ids[5], outcome: 'restored' }]);
  await comparisons.stop();
  expect(await peer()).toEqual(before);
});

/** A tombstone that was lost no longer knows whom to tell of it: its record's own content is gone. */
function withoutTarget(held: Awaited<ReturnType<typeof heldBy>>) {
  const replicas = held.replicas.map((row) =>
    row.state === 'retracted' ? { ...row, document: { ...row.document, target: null, firstPublishedOn: null } } : row,
  );
  return { ...held, replicas };
}
