import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { deskOf, eventually, makeOrganisations, must, opportunity, publish } from './support/records.ts';
import { encode, type Answer } from './support/rest-client.ts';

/** Promise 3: a city cut off serves its users in full and converges when it returns; the province shows age, never an empty list. */
let federation: TestFederation;
let province: TestNode;
let changsha: TestNode;
let zhuzhou: TestNode;
beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100', '430200'] });
  [province, changsha, zhuzhou] = ['430000', '430100', '430200'].map((a) => federation.node(a)) as [TestNode, TestNode, TestNode];
  await makeOrganisations(changsha);
}, 180_000);
afterAll(() => federation?.stop());

const listedAtProvince = async () => (await province.anonymous.get('/records?origin=430100')).body as Answer;

test('a stopped city stays listed at the province with growing age, and catches up after its start', async () => {
  const record = await publish(await deskOf(changsha), opportunity(changsha, { title: '示例断网前发布' }));
  await eventually(listedAtProvince, (list) => list.items.some((r: Answer) => r.id === record.id));
  await changsha.stop();
  const before = await listedAtProvince();
  await new Promise((r) => setTimeout(r, 1500));
  const after = await listedAtProvince();
  expect(after.items.map((r: Answer) => r.id)).toEqual(before.items.map((r: Answer) => r.id));
  expect(after.items[0].heardAt).toBe(before.items[0].heardAt);
  expect(Date.parse(after.asOf) - Date.parse(after.items[0].heardAt)).toBeGreaterThan(
    Date.parse(before.asOf) - Date.parse(before.items[0].heardAt),
  );

  await changsha.start();
  const again = await publish(await deskOf(changsha), opportunity(changsha, { title: '示例恢复后发布' }));
  const back = await eventually(listedAtProvince, (list) => list.items.some((r: Answer) => r.id === again.id));
  expect(Date.parse(back.answer.items[0].heardAt)).toBeGreaterThan(Date.parse(before.items[0].heardAt));
});

test('with the province stopped a city serves reads and writes in full; afterwards the province has them', async () => {
  await province.stop();
  const record = await publish(await deskOf(changsha), opportunity(changsha, { title: '示例省级停机时发布' }));
  const own = await must(changsha.anonymous.get(`/records/${encode(record.id)}`), 200);
  expect(own.stage).toBe('published');
  const html = await fetch(`${changsha.url}/opportunities`, { headers: { accept: 'text/html' } });
  expect(await html.text()).toContain('示例省级停机时发布');
  await province.start();
  await eventually(
    () => province.anonymous.get(`/records/${encode(record.id)}`),
    (r) => r.status === 200,
  );
  await eventually(
    () => zhuzhou.anonymous.get(`/records/${encode(record.id)}`),
    (r) => r.status === 200,
    20_000,
  );
});

test('no node ever opens a federation connection to a city', async () => {
  const received = async (node: TestNode) => {
    const text = await (await fetch(`${node.url}/metrics`)).text();
    const lines = text.split('\n').filter((l) => l.startsWith('xiangjing_federation_requests_total'));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(1)), 0);
  };
  expect(await received(changsha)).toBe(0);
  expect(await received(zhuzhou)).toBe(0);
  expect(await received(province)).toBeGreaterThan(0); // the counter counts
});
