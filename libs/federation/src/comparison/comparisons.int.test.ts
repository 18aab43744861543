import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  alarms,
  comparedFederation,
  comparisonOf,
  heldBy,
  lastRepair,
  repairsAt,
  rowsOf,
  type ComparedFederation,
} from '../testing/compared-federation.ts';
import { answering, comparing } from '../testing/comparing.ts';
import { rawRequest } from '../testing/signed-fetch.ts';
import type { TestNode } from '../testing/test-federation.ts';
import { putRecord, uuidv7 } from '../testing/test-records.ts';
import { feedDigests } from './feed-digests.ts';
import { requestComparison } from './request-comparison.ts';

let world: ComparedFederation;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
let ids: string[] = [];
let factId = '';
beforeAll(async () => {
  world = await comparedFederation();
  ({ province, changsha, zhuzhou, ids, factId } = world);
});
afterAll(async () => {
  await world?.federation[Symbol.asyncDispose]();
});

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
  await world.openAtProvince();

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
