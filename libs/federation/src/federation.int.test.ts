import { expect, test } from 'vitest';
import { feedDigests } from './comparison/feed-digests.ts';
import { testFederation, type TestNode } from './testing/test-federation.ts';
import { changeRecord, L2, L3, putFact, putRecord, testCore } from './testing/test-records.ts';

const rowsOf = async (node: TestNode, sql: string, values: unknown[] = []) => (await node.pools.app.query(sql, values)).rows;
const replicaOf = async (node: TestNode, id: string) => (await rowsOf(node, 'select * from replica where record_id = $1', [id]))[0];

/** In how many received events this text stands. */
async function bytesWith(node: TestNode, text: string): Promise<number> {
  const { rows } = await node.pools.apply.query(`select from replica_bytes where position($1 in convert_from(bytes, 'UTF8')) > 0`, [text]);
  return rows.length;
}

/** Everything written so far reaches the province, and from there the other cities. */
async function carry(from: TestNode, ...to: TestNode[]) {
  await from.egress().drain();
  await from.push().drain();
  for (const node of to) await node.pull().drain();
}

test('publish, amend, suspend, resume and withdraw reach the province and the other city as their views say', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const id = await putRecord(changsha.pools.app, '430100');
  await carry(changsha, zhuzhou);
  for (const node of [province, zhuzhou]) {
    expect(await replicaOf(node, id)).toMatchObject({
      origin: '430100',
      state: 'live',
      rev: 1,
      document: { core: { title: '医疗物资无人机配送' } },
    });
    const [listed] = await rowsOf(node, 'select * from listed_record where id = $1', [id]);
    expect(listed).toMatchObject({
      origin: '430100',
      viewed: true,
      shape: 'full',
      owner_name: '示例单位',
      region: '430100',
      response_deadline: '2027-06-30',
    });
  }
  await changeRecord(changsha.pools.app, id, { core: { title: '医疗物资无人机配送（二期）' } });
  await carry(changsha, zhuzhou);
  for (const node of [province, zhuzhou])
    expect(await replicaOf(node, id)).toMatchObject({ rev: 2, document: { core: { title: '医疗物资无人机配送（二期）' } } });

  await changeRecord(changsha.pools.app, id, { suspended: true });
  await carry(changsha, zhuzhou);
  expect(await replicaOf(province, id)).toMatchObject({ state: 'live', document: { suspended: true } });
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ state: 'retracted', reason: 'suspended' });
  expect(await rowsOf(zhuzhou, 'select id from listed_record')).toEqual([]);

  await changeRecord(changsha.pools.app, id, { suspended: false });
  await carry(changsha, zhuzhou);
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ state: 'live', rev: 4 });

  await changeRecord(changsha.pools.app, id, { stage: 'withdrawn' });
  await carry(changsha, zhuzhou);
  for (const node of [province, zhuzhou]) {
    const gone = await replicaOf(node, id);
    expect(gone).toMatchObject({ state: 'retracted', reason: 'withdrawn', rev: 5, document: { target: { region: '430100' } } });
    expect(JSON.stringify(gone)).not.toContain('医疗物资');
    expect(await rowsOf(node, 'select id from listed_record')).toEqual([]);
  }
  const feeds = await rowsOf(changsha, 'select view, count(*)::int from feed group by view order by view');
  expect(feeds).toEqual([
    { view: 'peer', count: 5 },
    { view: 'public', count: 5 },
    { view: 'up', count: 5 },
  ]);
});

test('digests of both sides are equal after any history, and differ once a replica is lost by hand', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) ids.push(await putRecord(changsha.pools.app, '430100', i % 3 === 0 ? { label: L3 } : {}));
  await putFact(changsha.pools.app, '430100', ids[1]!);
  await changeRecord(changsha.pools.app, ids[1]!, { core: { title: '改过的名称' } });
  await changeRecord(changsha.pools.app, ids[2]!, { stage: 'withdrawn' });
  await putRecord(province.pools.app, '430000');
  await province.egress().drain();
  await carry(changsha, zhuzhou, changsha);

  const sent = new Map((await feedDigests(changsha.pools.app, '430100')).filter((d) => d.side === 'sent').map((d) => [d.view, d]));
  const find = async (node: TestNode, origin: string, view: string) =>
    (await feedDigests(node.pools.app, node.adcode)).find((d) => d.side === 'received' && d.origin === origin && d.view === view);
  expect(await find(province, '430100', 'up')).toEqual({ ...sent.get('up'), side: 'received' });
  expect(await find(zhuzhou, '430100', 'peer')).toEqual({ ...sent.get('peer'), side: 'received' });
  expect(await find(province, '430100', 'peer')).toBeUndefined();
  const down = (await feedDigests(province.pools.app, '430000')).find((d) => d.side === 'sent' && d.view === 'down');
  expect(down).toMatchObject({ count: 1, seq: 1 });
  expect(await find(changsha, '430000', 'down')).toEqual({ ...down, side: 'received' });

  const losses = [
    `delete from replica_bytes where record_id = $1`,
    `delete from replica where record_id = $1`,
    `delete from listed_record where id = $1`,
  ];
  for (const [index, sql] of losses.entries()) {
    await province.pools.apply.query(sql, [ids[4 + index]!]);
    expect((await find(province, '430100', 'up'))!.count).toBe(sent.get('up')!.count - 1 - index);
  }
});

test('an unchanged projection emits nothing, a raised label takes back, and what no longer fits is not kept', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const id = await putRecord(changsha.pools.app, '430100', { label: L2 });
  await carry(changsha, zhuzhou);
  await changeRecord(changsha.pools.app, id, { core: { internalNote: '只在本市' } });
  await carry(changsha, zhuzhou);
  expect(await rowsOf(changsha, `select seq from feed where view = 'up'`)).toHaveLength(1);

  await changeRecord(changsha.pools.app, id, { label: L3, core: { publicTitle: '对外名称一则' } });
  await carry(changsha, zhuzhou);
  expect(await replicaOf(province, id)).toMatchObject({ state: 'live', document: { shape: 'listed', core: { title: '对外名称一则' } } });
  const gone = await replicaOf(zhuzhou, id);
  expect(gone).toMatchObject({ state: 'retracted', reason: 'label-raised', document: { target: null } });
  expect(await bytesWith(zhuzhou, '医疗物资')).toBe(0);
});

test('facts go on up only: open where the label lets them, sealed where it does not', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  const open = await putRecord(changsha.pools.app, '430100');
  const shut = await putRecord(changsha.pools.app, '430100', {
    label: { level: 'L4', pi: 'none', safety: 'ordinary', share: 'N', open: 'oN' },
  });
  const [openFact, shutFact] = [await putFact(changsha.pools.app, '430100', open), await putFact(changsha.pools.app, '430100', shut)];
  await carry(changsha);
  await changeRecord(changsha.pools.app, open, { core: testCore('改过') });
  await carry(changsha);
  const facts = await rowsOf(province, 'select fact_id, root_id, sealed, scenario_kind, region, domains from replica_fact');
  const shared = { domains: ['low-altitude-economy'] };
  expect(new Map(facts.map((f) => [f.fact_id, f]))).toEqual(
    new Map([
      [openFact, { ...shared, fact_id: openFact, root_id: open, sealed: false, scenario_kind: 'small-incision', region: '430100' }],
      [shutFact, { ...shared, fact_id: shutFact, root_id: '', sealed: true, scenario_kind: null, region: null }],
    ]),
  );
  expect(await rowsOf(changsha, `select distinct view from feed where type = 'fact.recorded.v1'`)).toEqual([{ view: 'up' }]);
  expect(await bytesWith(province, open)).toBeGreaterThan(0);
  const { rows } = await province.pools.apply.query(
    `select convert_from(bytes, 'UTF8') as text from replica_bytes where record_id like '%' || $1`,
    [shutFact],
  );
  expect(rows[0].text).not.toContain(shut);
});
