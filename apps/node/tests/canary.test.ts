import { PRESETS } from '@xiangjing/scenario-sdk';
import { testServer } from '@xiangjing/db/testing';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { findInDatabase } from './support/journey-suite.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish } from './support/records.ts';
import { encode } from './support/rest-client.ts';

/** Promise 2: no byte above a view's tier is ever written elsewhere. Two texts, one only in an L3 and one only in an L4 field. */
const L3 = '金丝雀甲-只在三级字段';
const L4 = '金丝雀乙-只在四级字段';
const body = (node: TestNode, title: string) =>
  opportunity(node, {
    title,
    core: { internalNote: L3, currentState: L4 },
    fieldLabels: { 'core.internalNote': PRESETS.lim, 'core.currentState': PRESETS.top },
  });

let federation: TestFederation;
beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100', '430200'] });
  await makeOrganisations(federation.node('430100'));
}, 180_000);
afterAll(() => federation?.stop());

/** Where a text is found outside its home: tables of other nodes, feed rows and pages, logs of every process, metrics. */
async function leaks(text: string): Promise<string[]> {
  const found: string[] = [];
  const home = federation.node('430100');
  for (const node of federation.nodes) {
    const tables = await findInDatabase(node, text);
    const forbidden = node === home ? tables.filter((t) => ['feed', 'relay', 'projection_sent'].includes(t)) : tables;
    found.push(...forbidden.map((t) => `${node.adcode}.${t}`));
    if (node.output().includes(text)) found.push(`${node.adcode} log`);
    const metrics = await fetch(`${node.url}/metrics`);
    if ((await metrics.text()).includes(text)) found.push(`${node.adcode} metrics`);
  }
  return found;
}

test('a canary in an L3 and in an L4 field leaves the city nowhere; the search does find it at home', async () => {
  const home = federation.node('430100');
  const record = await publish(await deskOf(home), body(home, '示例金丝雀机会'));
  const province = federation.node('430000');
  const city = federation.node('430200');
  for (const node of [province, city])
    await eventually(
      () => node.anonymous.get(`/records/${encode(record.id)}`),
      (r) => r.status === 200,
    );
  for (const canary of [L3, L4]) {
    expect(await leaks(canary)).toEqual([]);
    expect(await findInDatabase(home, canary)).toContain('record');
  }
});

test('with the projection off the guard blocks, alarms and keeps the intent; with both off the search finds the leak', async () => {
  const home = federation.node('430100');
  await restartAs(home, 'projection');
  const record = await publish(await deskOf(home), body(home, '示例只剩守卫'));
  await eventually(
    () => home.sql<{ code: string }>(`select code from egress_block where record_id = $1`, [record.id]),
    (rows) => rows.length > 0 && rows.every((r) => r.code === 'TIER_EXCEEDED'),
  );
  expect(await home.sql(`select 1 from intent where record_id = $1 and event = 'record.published'`, [record.id])).toHaveLength(1);
  expect(home.output()).toMatch(/TIER_EXCEEDED/);
  for (const canary of [L3, L4]) expect(await leaks(canary)).toEqual([]);

  await restartAs(home, 'both');
  const leaked = await publish(await deskOf(home), body(home, '示例两道墙都拆掉'));
  await eventually(
    () => home.sql(`select 1 from feed where record_id = $1`, [leaked.id]),
    (rows) => rows.length > 0,
  );
  expect(await leaks(L3)).toContain('430100.feed');
  expect(await leaks(L4)).toContain('430100.feed');
});

test('PostgreSQL writes no canary into its log, not even when it refuses a row that holds one', async () => {
  const node = federation.node('430100');
  const refusedRow = `insert into record select (jsonb_populate_record(r, jsonb_build_object('id', 'x', 'level', 0, 'open', 2, 'core', $1::jsonb))).* from record r limit 1`;
  await expect(node.sql(refusedRow, [JSON.stringify({ internalNote: L4 })])).rejects.toThrow('record_label_floored');
  const log = await readFile(testServer().logFile, 'utf8');
  expect(log).toContain('record_label_floored');
  for (const canary of [L3, L4]) expect(log).not.toContain(canary);
});

async function restartAs(node: TestNode, mutant: string): Promise<void> {
  await node.stop();
  await node.start({ script: 'mutant', env: { MUTANT: mutant } });
}
