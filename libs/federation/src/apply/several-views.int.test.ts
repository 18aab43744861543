import { expect, test } from 'vitest';
import { feedDigests } from '../comparison/feed-digests.ts';
import { genesis } from '../core/feed.ts';
import { bucketsOf, rootOf } from '../core/set-digest.ts';
import { readPage, wireEventOf } from '../https/read-page.ts';
import { testFederation, type TestNode } from '../testing/test-federation.ts';
import { changeRecord, L2, putRecord } from '../testing/test-records.ts';

/** Hands one node's feed to another's applier, from its cursor on. */
async function hand(from: TestNode, to: TestNode, view: string) {
  const { rows } = await to.pools.app.query('select epoch, seq, digest from peer_cursor where origin = $1 and view = $2', [
    from.adcode,
    view,
  ]);
  const cursor = { ...genesis(from.adcode, view), ...rows[0], origin: from.adcode, view };
  const page = await readPage(from.pools.publisher, from.adcode, cursor);
  const at = { origin: from.adcode, view, epoch: cursor.epoch, from: cursor.seq, prev: cursor.digest };
  const by = { road: 'https' as const, peer: '430000', heardAt: new Date(), mark: null };
  return to.applier.apply({ ...at, ...by, events: page.map(wireEventOf), headSeq: cursor.seq + page.length });
}
const replicaOf = async (node: TestNode, id: string) =>
  (await node.pools.app.query('select state, view, rev, document from replica where record_id = $1', [id])).rows[0];

test('of several views of one origin the richest live one is shown, and a retraction on one leaves the copy of another', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const [changsha, zhuzhou] = federation.cities as [TestNode, TestNode];
  await zhuzhou.pull().drain();
  const id = await putRecord(changsha.pools.app, '430100', { label: L2 });
  await changsha.egress().drain();
  await hand(changsha, zhuzhou, 'public');
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ view: 'public', document: { shape: 'summary' } });
  await hand(changsha, zhuzhou, 'peer');
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ view: 'peer', document: { shape: 'full' } });

  await changeRecord(changsha.pools.app, id, { core: { title: '第二版的名称' } });
  await changsha.egress().drain();
  await hand(changsha, zhuzhou, 'public');
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ view: 'peer', document: { shape: 'full', core: { title: '医疗物资无人机配送' } } });
  await hand(changsha, zhuzhou, 'peer');
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ view: 'peer', rev: 2 });

  await changeRecord(changsha.pools.app, id, { stage: 'withdrawn' });
  await changsha.egress().drain();
  await hand(changsha, zhuzhou, 'peer');
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ state: 'live', view: 'public', document: { shape: 'summary' } });
  await hand(changsha, zhuzhou, 'public');
  expect(await replicaOf(zhuzhou, id)).toMatchObject({ state: 'retracted' });
});

test('the digest reckoned in SQL is the one of the protocol core', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  for (let i = 0; i < 40; i += 1) await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  await changsha.push().drain();
  const { rows } = await province.pools.apply.query('select record_id as id, rev, digest from replica_bytes');
  expect(rows).toHaveLength(40);
  const digests = await feedDigests(province.pools.app, '430000');
  expect(digests.find((d) => d.origin === '430100' && d.view === 'up')).toMatchObject(rootOf(bucketsOf(rows)));
});
