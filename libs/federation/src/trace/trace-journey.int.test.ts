import { expect, test } from 'vitest';
import { createProvinceClient } from '../https/province-client.ts';
import { rawRequest } from '../testing/signed-fetch.ts';
import { testFederation, type TestNode } from '../testing/test-federation.ts';
import { changeRecord, L4, putRecord, uuidv7 } from '../testing/test-records.ts';
import { mergeTrace } from './merge-trace.ts';
import { traceJourney } from './trace-journey.ts';
import { traceRecord } from './trace-record.ts';

const clientOf = ({ signer, registry }: TestNode, send?: typeof fetch) =>
  createProvinceClient({ signer, registry, clock: { now: () => new Date() }, ...(send ? { fetch: send } : {}) });
const journey = (node: TestNode, recordId: string, send?: typeof fetch) =>
  traceJourney({ pool: node.pools.app, adcode: node.adcode, recordId, client: clientOf(node, send) });

test('the journey of a record from its city’s commit to the province’s row, and to another city', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const id = await putRecord(changsha.pools.app, '430100');
  expect((await journey(changsha, id)).steps.map((s) => s.step)).toEqual(['committed']);
  await changsha.egress().drain();
  const before = await journey(changsha, id);
  expect(before).toMatchObject({ province: 'has-nothing', fault: null });
  expect(before.steps.map((s) => [s.step, s.view])).toEqual([
    ['committed', null],
    ['signed', 'peer'],
    ['signed', 'public'],
    ['signed', 'up'],
  ]);

  await changsha.push().drain();
  await changeRecord(changsha.pools.app, id, { core: { title: '绝不外传的词' } });
  await changsha.egress().drain();
  await changsha.push().drain();
  await zhuzhou.pull().drain();
  const { steps, province: said } = await journey(changsha, id);
  expect(said).toBe('answered');
  const seen = steps.map(({ node, step, rev, view, eventId, road, outcome }) => [rev, node, step, view, eventId, road, outcome].join(' '));
  const due = [1, 2].flatMap((rev) => [
    `${rev} 430100 committed    ${rev === 1 ? 'record.published' : 'record.amended'}`,
    ...['peer', 'public', 'up'].map((view) => `${rev} 430100 signed ${view} 430100/${view}/1/${rev}  opportunity.upserted.v1`),
    ...['peer', 'up'].map((view) => `${rev} 430100 sent ${view} 430100/${view}/1/${rev} https acknowledged`),
    `${rev} 430000 received up 430100/up/1/${rev} https applied`,
    `${rev} 430000 relayed peer 430100/peer/1/${rev} https relayed`,
    ...(rev === 2 ? ['2 430000 applied up   live'] : []),
  ]);
  expect([...seen].sort()).toEqual([...due].sort());
  const inOrder = (lines: readonly string[]) => lines.map((line) => line.split(' ')[2]);
  expect(inOrder(seen)).toEqual(inOrder(due)); // views of one step may be in either order: their clocks decide
  expect(new Set(steps.map((s) => s.id)).size).toBe(steps.length);
  expect(steps.every((s) => s.at !== null && !Number.isNaN(Date.parse(s.at)))).toBe(true);
  expect(steps.filter((s) => s.isLatest).map((s) => s.rev)).toEqual([1, 1, 2, 2]); // acknowledged by then, with what came later
  expect(JSON.stringify(steps)).not.toMatch(/绝不外传|医疗|11430100/);
  expect((await journey(changsha, id)).steps).toEqual(steps);

  expect(await traceRecord(province.pools.app, '430000', id)).toEqual(steps.filter((s) => s.node === '430000'));
  expect((await journey(zhuzhou, id)).province).toBe('not-asked');
  expect((await traceRecord(zhuzhou.pools.app, '430200', id)).map((s) => s.step)).toEqual(['received', 'received', 'applied']);
});

test('what was blocked, what the log took, and what was mended are steps too', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  const id = await putRecord(changsha.pools.app, '430100');
  await changsha.egress({ guard: () => [{ pointer: '', code: 'GUARD_BLOCKED', message: 'x', remedy: '' }] }).drain();
  const blocked = await traceRecord(changsha.pools.app, '430100', id);
  expect(blocked.filter((s) => s.step === 'blocked').map((s) => [s.view, s.outcome])).toContainEqual(['up', 'GUARD_BLOCKED']);
  await changsha.egress().retryBlocked();
  await changsha.egress().drain();
  await changsha.pools.publisher.query(
    `insert into log_cursor (view, epoch, seq, incarnation, log_offset, acked_at) values ('up', 1, 1, 'life', 7, now())`,
  );
  const sent = (await traceRecord(changsha.pools.app, '430100', id)).filter((s) => s.step === 'sent');
  expect(sent).toMatchObject([
    { road: 'kafka', view: 'up', isLatest: false, log: { topic: 'xiangjing.430100.up', incarnation: 'life', offset: 7 } },
  ]);
  await province.pools.apply.query(
    `insert into repair (origin, view, record_id, rev, outcome) values ('430100', 'up', $1, 1, 'restored')`,
    [id],
  );
  expect((await journey(changsha, id)).steps.filter((s) => s.step === 'repaired')).toMatchObject([{ node: '430000', outcome: 'restored' }]);
});

test('only the home node may ask, and unknown, foreign and unsigned requests get one answer', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const id = await putRecord(changsha.pools.app, '430100');
  const own = await putRecord(province.pools.app, '430000', { label: L4 });
  await changsha.egress().drain();
  await changsha.push().drain();
  const ask = (record: string, signer?: TestNode['signer'], node = province) =>
    rawRequest(node, { path: `/federation/v1/trace?record=${record}`, to: node.adcode, ...(signer ? { signer } : {}) });
  const mine = await ask(id, changsha.signer);
  expect(mine.status).toBe(200);
  expect(mine.json).toMatchObject({ steps: [{ step: 'received' }, { step: 'relayed' }, { step: 'applied' }] });
  const answers = [
    await ask(`urn:xiangjing:430100:opportunity:${uuidv7()}`, changsha.signer),
    await ask(id, zhuzhou.signer),
    await ask(`urn:xiangjing:430100:opportunity:${uuidv7()}`, zhuzhou.signer),
    await ask(own, zhuzhou.signer),
    await ask(id),
    await ask(id, zhuzhou.signer, changsha),
    await ask(id, changsha.signer, changsha),
  ];
  for (const { status, text } of answers) expect([status, text]).toEqual([404, answers[0]!.text]);
  const { rows } = await province.pools.app.query(`select peer, code from refusal order by peer`);
  expect(rows).toEqual([{ peer: null, code: 'REQUEST_UNSIGNED' }, { peer: '430200', code: 'CROSS_NODE' }].sort((a, b) => (a.peer ?? 'z') < (b.peer ?? 'z') ? -1 : 1)); // prettier-ignore
  expect((await ask('urn:xiangjing:nothing', changsha.signer)).status).toBe(422);
});

test('a province that does not answer, or answers nonsense, leaves the own half and says why', async () => {
  await using federation = await testFederation(['430100']);
  const [changsha] = federation.cities as [TestNode];
  const id = await putRecord(changsha.pools.app, '430100');
  const dead = await journey(changsha, id, () => Promise.reject(new Error('refused')));
  expect(dead).toMatchObject({ province: 'unreachable', fault: { code: 'UPSTREAM_UNAVAILABLE' } });
  const odd = await journey(changsha, id, () => Promise.resolve(new Response('{"steps":[{}]}')));
  expect(odd).toMatchObject({
    province: 'unreachable',
    fault: { code: 'UPSTREAM_UNAVAILABLE', remedy: expect.stringContaining('releases') },
  });
  expect(odd.steps.map((s) => s.step)).toEqual(['committed']);
  const own = odd.steps[0]!;
  const forged = (await journey(changsha, id, () => Promise.resolve(new Response(JSON.stringify({ steps: [{ ...own, outcome: 'lie' }] }))))).steps; // prettier-ignore
  expect(forged).toEqual([own]);
  expect(mergeTrace([own], [own])).toEqual([own]);
});
