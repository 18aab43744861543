import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProjectedDocument } from '@xiangjing/scenario-sdk';
import { killedAt } from '../testing/killed-at.ts';
import { testNode, type TestNode } from '../testing/test-federation.ts';
import { changeRecord, L3, L4, putRecord, ROUTES, testCore } from '../testing/test-records.ts';
import type { Project } from './egress-event.ts';
import type { Guard } from './guard.ts';

const CANARY = '金丝雀-7f3a91';
const everything: Project = (doc) => ({
  id: doc.id,
  kind: doc.kind,
  rev: doc.rev,
  stage: doc.stage,
  suspended: doc.suspended,
  shape: 'full',
  core: doc.core as ProjectedDocument['core'],
  attrs: doc.attrs as ProjectedDocument['attrs'],
  schema: doc.schema,
  descriptor: null,
  label: doc.label,
  labels: Object.fromEntries(
    [...Object.keys(doc.core).map((n) => `core.${n}`), ...Object.keys(doc.attrs).map((n) => `attrs.${n}`)].map((p) => [p, doc.label]),
  ),
  withheld: [],
});
const lax: Guard = () => [];

let node: TestNode;
beforeAll(async () => {
  node = await testNode('430100');
});
afterAll(() => node.close());
beforeEach(async () => {
  await node.egress().drain();
  if ((await node.egress().retryBlocked()) > 0) throw new Error('the test before left blocked events');
});

const feedOf = async (id: string, view = 'up') =>
  (
    await node.pools.egress.query<{ type: string; rev: number; seq: number; text: string }>(
      `select type, rev, seq, convert_from(bytes, 'UTF8') as text from feed where record_id = $1 and view = $2 order by seq`,
      [id, view],
    )
  ).rows;
const blocksOf = async (id: string) =>
  (await node.pools.egress.query('select view, code, reason from egress_block where record_id = $1 order by view, at', [id])).rows;
const leaks = async (): Promise<number> => {
  const { rows } = await node.pools.egress.query(`select from feed where position($1 in convert_from(bytes, 'UTF8')) > 0`, [CANARY]);
  return rows.length;
};

/** Secrets in a field sealed by its schema, in one sealed by the author, in personal data, and in a whole L4 record. */
async function putSecrets(): Promise<string[]> {
  const core = { ...testCore('示例名称'), internalNote: CANARY, contact: { name: CANARY, mobile: '13000000000' } };
  const listed = await putRecord(node.pools.app, '430100', { core, attrs: { payload: 5, routes: [CANARY] } });
  const raised = await putRecord(node.pools.app, '430100', { core: { ...core, problem: CANARY }, fieldLabels: { 'core.problem': L4 } });
  const limited = await putRecord(node.pools.app, '430100', { label: L3, core: { ...core, title: CANARY, publicTitle: '对外' } });
  const sealed = await putRecord(node.pools.app, '430100', { label: L4, core: { ...core, title: CANARY, summary: CANARY } });
  return [listed, raised, limited, sealed];
}

test('with projection and guard in place no secret is in a feed row, and every record is', async () => {
  const ids = await putSecrets();
  await node.egress().drain();
  expect(await leaks()).toBe(0);
  for (const id of ids) expect(await feedOf(id)).toHaveLength(1);
  const [row] = await feedOf(ids[0]!);
  expect(JSON.parse(row!.text).data.withheld).toContain(ROUTES);
});

test('with the projection off the guard blocks, alarms and keeps the intent; repaired, the events go', async () => {
  const ids = await putSecrets();
  node.log.length = 0;
  await node.egress({ project: everything }).drain();
  expect(await leaks()).toBe(0);
  for (const id of ids) {
    expect(await feedOf(id)).toEqual([]);
    expect(await blocksOf(id)).toHaveLength(3);
  }
  const alarms = node.log.map((line) => JSON.parse(line)).filter((line) => line.alarm);
  expect(alarms).toHaveLength(12);
  expect(node.log.join('')).not.toContain(CANARY);
  const { rows } = await node.pools.egress.query('select reason from egress_block');
  expect(JSON.stringify(rows)).not.toContain(CANARY);

  await node.egress().drain();
  for (const id of ids) expect(await feedOf(id)).toEqual([]);
  expect(await node.egress().retryBlocked()).toBe(0);
  for (const id of ids) expect(await feedOf(id)).toHaveLength(1);
  expect(await leaks()).toBe(0);
});

test('control: with projection and guard off the secrets are found', async () => {
  const other = await testNode('430200', { egress: { project: everything, guard: lax } });
  try {
    await putRecord(other.pools.app, '430200', { core: { ...testCore('示例'), internalNote: CANARY } });
    await other.egress().drain();
    const { rows } = await other.pools.egress.query(`select view from feed where position($1 in convert_from(bytes, 'UTF8')) > 0`, [
      CANARY,
    ]);
    expect(rows).toHaveLength(3);
  } finally {
    await other.close();
  }
});

test('a protected text is stopped by the scan even where projection and guard let it pass', async () => {
  const id = await putRecord(node.pools.app, '430100', { core: { ...testCore('示例'), internalNote: CANARY } });
  const scan = (text: string) => (text.includes(CANARY) ? 'canary 1' : null);
  await node.egress({ project: everything, guard: lax, scan }).drain();
  expect(await leaks()).toBe(0);
  expect(await blocksOf(id)).toMatchObject([{ code: 'GUARD_BLOCKED', reason: 'holds the protected text canary 1' }, {}, {}]);
  await node.egress().retryBlocked();
});

test('no later upsert overtakes a blocked event, a retraction does, and other records go on', async () => {
  const id = await putRecord(node.pools.app, '430100');
  await node.egress().drain();
  const refusing: Guard = ({ record, ...event }) =>
    record.id === id ? [{ pointer: '', code: 'GUARD_BLOCKED', message: 'no', remedy: '' }] : lax({ record, ...event });
  await changeRecord(node.pools.app, id, { core: { title: '第二版的名称' } });
  await node.egress({ guard: refusing }).drain();
  await changeRecord(node.pools.app, id, { core: { title: '第三版的名称' } });
  const other = await putRecord(node.pools.app, '430100');
  await node.egress().drain();
  expect((await feedOf(id)).map((row) => row.rev)).toEqual([1]);
  expect(await feedOf(other)).toHaveLength(1);
  expect(await blocksOf(id)).toHaveLength(6);

  await changeRecord(node.pools.app, id, { stage: 'withdrawn' });
  await node.egress().drain();
  expect((await feedOf(id)).map((row) => [row.type, row.rev])).toEqual([
    ['opportunity.upserted.v1', 1],
    ['opportunity.retracted.v1', 4],
  ]);
  expect(await blocksOf(id)).toEqual([]);
});

test('an event over 256 KiB is blocked, and a start tries what is blocked again', async () => {
  const id = await putRecord(node.pools.app, '430100', { core: { ...testCore('太长'), problem: '长'.repeat(100_000) } });
  await node.egress().drain();
  expect(await blocksOf(id)).toMatchObject(Array(3).fill({ code: 'EVENT_TOO_LARGE' }));
  await changeRecord(node.pools.app, id, { core: { problem: '短了' } });
  await node.egress().drain();
  const worker = node.egress();
  await worker.start();
  await worker.stop();
  expect((await feedOf(id)).map((row) => row.rev)).toEqual([2]);
});

test('killed at any query, the worker leaves cursor and feed in step: numbers dense, chained, nothing missed', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 6; i += 1) ids.push(await putRecord(node.pools.app, '430100'));
  const before = await node.pools.egress.query(`select seq from feed_head where view = 'up'`);
  let kills = 0;
  for (let failAt = 1; failAt < 40; failAt += 1) {
    try {
      await node.egress({ pool: killedAt(node.pools.egress, failAt) }).drain();
      break;
    } catch (error) {
      expect(String(error)).toContain('killed');
      kills += 1;
    }
  }
  expect(kills).toBeGreaterThan(8);
  for (const id of ids) expect(await feedOf(id)).toHaveLength(1);
  const { rows } = await node.pools.egress.query<{ seq: number; digest: string; prev_digest: string }>(
    `select seq, digest, prev_digest from feed where view = 'up' order by seq`,
  );
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
  expect(rows).toHaveLength(before.rows[0].seq + ids.length);
  for (let i = 1; i < rows.length; i += 1) expect(rows[i]!.prev_digest).toBe(rows[i - 1]!.digest);
});
