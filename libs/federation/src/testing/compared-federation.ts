import { rawRequest } from './signed-fetch.ts';
import { testFederation, type TestNode } from './test-federation.ts';
import { changeRecord, putFact, putRecord } from './test-records.ts';

/** A province and two cities that hold the same: eight records and a fact of the first city, one record of the province. */
export async function comparedFederation() {
  const federation = await testFederation(['430100', '430200']);
  const { province } = federation;
  const [changsha, zhuzhou] = federation.cities as [TestNode, TestNode];
  const carry = async () => {
    await changsha.egress().drain();
    await changsha.push().drain();
    for (const city of [zhuzhou, changsha]) await city.pull().drain();
  };
  const ids: string[] = [];
  for (let i = 0; i < 8; i += 1) ids.push(await putRecord(changsha.pools.app, '430100'));
  await carry();
  const factId = await putFact(changsha.pools.app, '430100', ids[0]!);
  await changeRecord(changsha.pools.app, ids[1]!, { core: { title: '改过的名称' } });
  await changeRecord(changsha.pools.app, ids[2]!, { stage: 'withdrawn' });
  await putRecord(province.pools.app, '430000');
  await province.egress().drain();
  await carry();

  const postToProvince = (path: string, body: object) =>
    rawRequest(province, {
      method: 'POST',
      path: `/federation/v1/${path}`,
      signer: changsha.signer,
      body: { origin: '430100', view: 'up', ...body },
    });
  return {
    federation,
    province,
    changsha,
    zhuzhou,
    ids,
    factId,
    carry,
    postToProvince,
    /** A digest at the province's own cursor that names nothing: it differs, whatever is held. */
    async openAtProvince() {
      const [at] = await rowsOf(province, `select epoch, seq from peer_cursor where origin = '430100' and view = 'up'`);
      return postToProvince('digest', { ...at, buckets: [] });
    },
  };
}
export type ComparedFederation = Awaited<ReturnType<typeof comparedFederation>>;

export const rowsOf = async (node: TestNode, sql: string, values: unknown[] = []) => (await node.pools.apply.query(sql, values)).rows;
/** All that a node serves of another's records, but for when it came. */
export const heldBy = async (node: TestNode) => ({
  bytes: await rowsOf(
    node,
    'select origin, view, record_id, epoch, seq, rev, type, state, bytes, digest, signature from replica_bytes order by 1, 2, 3',
  ),
  replicas: await rowsOf(node, 'select record_id, rev, state, view, reason, document from replica order by 1'),
  listed: await rowsOf(node, 'select id, rev, title, first_published_on from listed_record order by 1'),
  facts: await rowsOf(node, 'select fact_id, type, root_id from replica_fact order by 1'),
  relay: await rowsOf(node, 'select origin, view, seq, record_id, bytes, digest, signature from relay order by 1, 2, 3'),
});
export const comparisonOf = async (node: TestNode, origin: string, view: string) =>
  (await rowsOf(node, 'select equal, repaired, unknown, seq from comparison where origin = $1 and view = $2', [origin, view]))[0];
export const repairsAt = async (node: TestNode, after = 0) =>
  rowsOf(node, 'select record_id, rev, view, outcome, reason from repair where id > $1 order by id', [after]);
export const lastRepair = async (node: TestNode) => (await rowsOf(node, 'select coalesce(max(id), 0) as id from repair'))[0].id as number;
export const alarms = (node: TestNode) =>
  node.log.filter((line) => line.includes('"alarm":true') && line.includes('differed from what was sent'));
