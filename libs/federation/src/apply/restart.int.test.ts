import { expect, test } from 'vitest';
import { feedDigests } from '../comparison/feed-digests.ts';
import { genesis } from '../core/feed.ts';
import { readPage, wireEventOf } from '../https/read-page.ts';
import { killedAt } from '../testing/killed-at.ts';
import { testFederation, type TestNode } from '../testing/test-federation.ts';
import { changeRecord, putFact, putRecord, testFields } from '../testing/test-records.ts';
import { createApplier } from './applier.ts';
import { metrics, trace } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';

const rootOf = async (node: TestNode, side: 'sent' | 'received', view = 'up') =>
  (await feedDigests(node.pools.app, node.adcode)).find((d) => d.side === side && d.view === view)?.root;

test('killed at any query between two commits, apply takes each event once and ends where the origin is', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) ids.push(await putRecord(changsha.pools.app, '430100'));
  await putFact(changsha.pools.app, '430100', ids[0]!);
  await changsha.egress().drain();
  await changeRecord(changsha.pools.app, ids[1]!, { core: { title: '改过的名称' } });
  await changeRecord(changsha.pools.app, ids[2]!, { stage: 'withdrawn' });
  await changsha.egress().drain();

  let kills = 0;
  for (let failAt = 1; failAt < 60; failAt += 1) {
    const applier = createApplier({
      adcode: '430000',
      registry: province.registry,
      fields: testFields,
      clock: { now: () => new Date() },
      pool: killedAt(province.pools.apply, failAt),
      log: createLogger({ level: 'silent' }),
      meter: metrics.getMeter('test'),
      tracer: trace.getTracer('test'),
    });
    const { rows } = await province.pools.app.query(`select epoch, seq, digest from peer_cursor where origin = '430100' and view = 'up'`);
    const cursor = { ...genesis('430100', 'up'), ...rows[0], origin: '430100', view: 'up' };
    const page = (await readPage(changsha.pools.publisher, '430100', cursor)).slice(0, 3);
    if (page.length === 0) break;
    const batch = {
      road: 'https' as const,
      mark: null,
      origin: '430100',
      view: 'up',
      epoch: 1,
      from: cursor.seq,
      prev: cursor.digest,
      headSeq: 8,
      heardAt: new Date(),
      peer: '430100',
    };
    await applier.apply({ ...batch, events: page.map(wireEventOf) }).catch((error: unknown) => {
      expect(String(error)).toContain('killed');
      kills += 1;
    });
  }
  expect(kills).toBeGreaterThan(8);
  expect(await rootOf(province, 'received')).toBe(await rootOf(changsha, 'sent'));
  const { rows } = await province.pools.app.query(`select seq, outcome from inbox order by seq`);
  expect(rows).toEqual(rows.map((_, index) => ({ seq: index + 1, outcome: 'applied' })));
});

test('an answer lost after the commit is a repeat that changes nothing, and links built anew go on where the cursors stand', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  let lose = 0;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    lose += 1;
    if (lose % 2 === 0) return response;
    await response.arrayBuffer();
    throw new Error('the answer was lost');
  };
  for (let round = 0; round < 4; round += 1) {
    const id = await putRecord(changsha.pools.app, '430100');
    await changsha.egress().drain();
    await changsha
      .push({ fetch: losing })
      .drain()
      .catch(() => {});
    await changeRecord(changsha.pools.app, id, { core: { title: `第 ${round} 轮的名称` } });
    await changsha.egress().drain();
    await zhuzhou
      .pull({ fetch: losing })
      .drain()
      .catch(() => {});
  }
  await changsha.push().drain();
  await zhuzhou.pull().drain();
  expect(await rootOf(province, 'received')).toBe(await rootOf(changsha, 'sent'));
  expect(await rootOf(zhuzhou, 'received', 'peer')).toBe(await rootOf(changsha, 'sent', 'peer'));
  const { rows } = await province.pools.app.query(
    `select record_id, rev, count(*)::int from inbox where view = 'up' group by 1, 2 having count(*) > 1`,
  );
  expect(rows).toEqual([]);
});
