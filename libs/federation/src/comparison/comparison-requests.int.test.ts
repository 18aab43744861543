import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  alarms,
  comparedFederation,
  comparisonOf,
  lastRepair,
  repairsAt,
  rowsOf,
  type ComparedFederation,
} from '../testing/compared-federation.ts';
import { answering, comparing } from '../testing/comparing.ts';
import { rawRequest } from '../testing/signed-fetch.ts';
import type { TestNode } from '../testing/test-federation.ts';
import { requestComparison } from './request-comparison.ts';

const warnings: string[] = [];
const noteWarning = ({ message }: Error) => void warnings.push(message);
let world: ComparedFederation;
let [province, changsha, zhuzhou] = [] as unknown as [TestNode, TestNode, TestNode];
let ids: string[] = [];
beforeAll(async () => {
  process.on('warning', noteWarning);
  world = await comparedFederation();
  ({ province, changsha, zhuzhou, ids } = world);
});
afterAll(async () => {
  process.off('warning', noteWarning);
  await world?.federation[Symbol.asyncDispose]();
});

const strange = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ epoch: 1, seq: from + i, bytes: Buffer.from('{}').toString('base64'), signature: 'none' }));

test('items and events are taken only while a digest that differed is fresh, whichever process judged it', async () => {
  const items = { epoch: 1, seq: 1, buckets: [1], after: '', upTo: null, items: [] };
  const both = async () =>
    Promise.all([world.postToProvince('items', items), world.postToProvince('events', { events: [] })]).then((of) =>
      of.map((a) => a.status),
    );
  const since = (await rowsOf(province, 'select coalesce(max(id), 0) as id from refusal'))[0].id as number;
  await answering(changsha).answerWant({ view: 'up', digest: true });
  expect(await comparisonOf(province, '430100', 'up')).toMatchObject({ equal: true });
  expect(await both()).toEqual([409, 409]);
  expect(await rowsOf(province, 'select peer, code from refusal where id > $1', [since])).toEqual([
    { peer: '430100', code: 'STAGE_CONFLICT' },
  ]);
  expect(await world.openAtProvince()).toMatchObject({ status: 200, json: { level: true } });
  expect(await both()).toEqual([200, 200]);
  await province.pools.apply.query(`update comparison set at = at - interval '16 minutes'`);
  expect(await both()).toEqual([409, 409]);
});

test('what is refused of a feed makes so many rows in an hour and no more, and is counted all the same', async () => {
  await province.pools.apply.query(`update comparison set at = now()`);
  expect(await world.openAtProvince()).toMatchObject({ status: 200, json: { level: true } });
  const [repair, told] = [await lastRepair(province), alarms(province).length];
  const before = await rowsOf(province, `select from repair where view = 'up' and outcome = 'refused'`);
  for (const from of [1_000, 2_000, 3_000])
    expect((await world.postToProvince('events', { events: strange(from, 15) })).json).toEqual({ repaired: 0, refused: 15 });
  expect(await repairsAt(province, repair)).toHaveLength(20 - before.length);
  expect(alarms(province)).toHaveLength(told + 2);
  expect(warnings.filter((text) => text.includes('already executing a query'))).toEqual([]); // many were refused at once
});

test('numbers and names that no column holds are refused by the schema', async () => {
  expect(await world.openAtProvince()).toMatchObject({ status: 200, json: { level: true } });
  const posts = [
    await world.postToProvince('digest', { epoch: 2 ** 31, seq: 1, buckets: [] }),
    await world.postToProvince('digest', { epoch: 1, seq: 2 ** 63, buckets: [] }),
    await world.postToProvince('items', { epoch: 2 ** 31, seq: 1, buckets: [1], after: '', upTo: null, items: [] }),
    await world.postToProvince('items', { epoch: 1, seq: 1, buckets: [1], after: 'a\0', upTo: null, items: [] }),
    await world.postToProvince('events', { events: strange(1, 1).map((event) => ({ ...event, epoch: 2 ** 31 })) }),
    await world.postToProvince('events', { events: strange(2 ** 63, 1) }),
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
