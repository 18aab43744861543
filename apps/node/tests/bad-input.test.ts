import { PRESETS } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { deskOf, eventually, makeOrganisations, must, opportunity, publish, type Desk } from './support/records.ts';
import { encode, restClient, type Answer, type Reply } from './support/rest-client.ts';

/** Promise 7: a precise error (what, where, what to do), and nothing changed. */
let federation: TestFederation;
let city: TestNode;
let province: TestNode;
let desk: Desk;
beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100'] });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  await makeOrganisations(city);
  desk = await deskOf(city);
}, 180_000);
afterAll(() => federation?.stop());

const counts = () =>
  city.sql<{ n: string }>(
    `select (select count(*) from record) || '/' || (select count(*) from organisation) || '/' || (select coalesce(max(rev), 0) from record) || '/' || (select seq from stream_head where stream = 'intent') n`,
  );

/** The refusal: its status and code, at least one place, a remedy, and a database as before. */
async function refused(call: () => Promise<Reply<Answer>>, status: number, code: string, pointer?: string): Promise<Answer> {
  const before = await counts();
  const reply = await call();
  expect({ status: reply.status, code: reply.body.code }, reply.text).toEqual({ status, code });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(reply.body.detail).toBeTruthy();
  if (pointer !== undefined) {
    const issue = reply.body.errors.find((e: Answer) => e.pointer === pointer);
    expect(issue, reply.text).toBeDefined();
    expect(issue.remedy).toBeTruthy();
  } else expect(reply.body.remedy, reply.text).toBeTruthy();
  expect(await counts()).toEqual(before);
  return reply.body;
}

const draft = (more: Parameters<typeof opportunity>[1]) => () => desk.owner.post('/records', opportunity(city, more));

test.each([
  ['unknown domain', { core: { domains: ['space-travel'] } }, 422, 'DOMAIN_UNKNOWN', '/core/domains/0'],
  ['unknown scenario type', { core: { scenarioTypes: ['urban-rural-governance.99'] } }, 422, 'TERM_UNKNOWN', '/core/scenarioTypes/0'],
  ['unknown core field', { core: { tittle: 'x' } }, 422, 'FIELD_UNKNOWN', '/core/tittle'],
])('%s in a record', async (_name, more, status, code, pointer) => {
  const problem = await refused(draft(more), status, 'INPUT_INVALID', pointer).catch(() => refused(draft(more), status, code, pointer));
  expect(problem.errors.some((e: Answer) => e.code === code)).toBe(true);
});

test('wrong USCC check digit', async () => {
  const coordinator = await city.as('coordinator');
  const wrong = city.organisations.agency.slice(0, 17) + (city.organisations.agency.endsWith('0') ? '1' : '0');
  await refused(
    () => coordinator.post('/organisations', { uscc: wrong, name: '示例单位', type: 'agency', region: '430100' }),
    422,
    'USCC_INVALID',
    '/uscc',
  );
});

test('unknown field beside the known ones, with the nearest name', async () => {
  const problem = await refused(
    () => desk.owner.post('/records', { ...opportunity(city), lable: PRESETS.pub }),
    422,
    'FIELD_UNKNOWN',
    '/lable',
  );
  expect(JSON.stringify(problem)).toContain('label');
});

test('a label axis in a wrong body', async () => {
  const made = await must(desk.owner.post('/records', opportunity(city)), 201);
  await refused(
    () => desk.owner.patch(`/records/${encode(made.id)}`, { rev: made.rev, core: {}, level: 'L1' }),
    422,
    'MASS_ASSIGNMENT',
    '/level',
  );
  await refused(
    () => desk.owner.patch(`/records/${encode(made.id)}`, { rev: made.rev, label: PRESETS.pub }),
    422,
    'MASS_ASSIGNMENT',
    '/label',
  );
  await refused(() => desk.owner.patch(`/records/${encode(made.id)}`, { rev: made.rev, id: made.id }), 422, 'MASS_ASSIGNMENT', '/id');
});

test('a label in part', async () => {
  await refused(() => desk.owner.post('/records', { ...opportunity(city), label: { level: 'L1' } }), 422, 'UNLABELLED');
});

test('__proto__ as a key', async () => {
  const body = JSON.stringify(opportunity(city)).replace('{"kind"', '{"__proto__":{"admin":true},"kind"');
  await refused(() => desk.owner.post('/records', body), 400, 'FORBIDDEN_KEY');
  expect(({} as Answer).admin).toBeUndefined();
});

test('wrong stage transition, stale rev, with the present state named', async () => {
  const made = await must(desk.owner.post('/records', opportunity(city)), 201);
  const path = `/records/${encode(made.id)}/advance`;
  const conflict = await refused(() => desk.owner.post(path, { verb: 'recall', rev: made.rev }), 409, 'STAGE_CONFLICT');
  expect(conflict.detail).toContain('草稿');
  const stale = await refused(() => desk.owner.post(path, { verb: 'submit', rev: made.rev + 5 }), 409, 'REV_CONFLICT');
  expect(JSON.stringify(stale)).toContain(String(made.rev));
});

test('a foreign record edited', async () => {
  const record = await publish(desk, opportunity(city, { title: '示例别人的记录' }));
  await eventually(
    () => province.anonymous.get(`/records/${encode(record.id)}`),
    (r) => r.status === 200,
  );
  const owner = await province.as('owner');
  const reply = await owner.patch(`/records/${encode(record.id)}`, { rev: record.rev, core: { summary: '改写别人的内容试试看' } });
  expect({ status: reply.status, code: reply.body.code }).toEqual({ status: 409, code: 'FOREIGN_RECORD' });
  expect(reply.body.remedy).toBeTruthy();
});

test('a body of 10 MB, and one that is no JSON', async () => {
  await refused(() => desk.owner.post('/records', JSON.stringify({ core: 'x'.repeat(10 * 1024 * 1024) })), 413, 'BODY_TOO_LARGE');
  await refused(() => desk.owner.post('/records', '{"kind": '), 400, 'BODY_MALFORMED');
});

test('a foreign and a garbled token, and none where one is needed', async () => {
  const foreign = restClient(city.url, await province.token('coordinator'));
  const reply = await foreign.post('/records', opportunity(city));
  expect(reply.status).toBe(401);
  expect(['TOKEN_INVALID', 'AUDIENCE']).toContain(reply.body.code);
  const garbled = await restClient(city.url, 'a.b.c').post('/records', opportunity(city));
  expect({ status: garbled.status, code: garbled.body.code }).toEqual({ status: 401, code: 'TOKEN_INVALID' });
  const anonymous = await city.anonymous.post('/records', opportunity(city));
  expect({ status: anonymous.status, code: anonymous.body.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
});

test('a county coordinator publishes inside the county; outside it a selected record is absent, and a public one refuses by role', async () => {
  const county = await city.as('county');
  const selectedIn = async (region: string) => {
    const draft = await must(desk.owner.post('/records', opportunity(city, { title: '示例区县机会', core: { region } })), 201);
    const path = `/records/${encode(draft.id)}`;
    const submitted = await must(desk.owner.post(`${path}/advance`, { verb: 'submit', rev: draft.rev }), 200);
    return { path, record: await must(desk.lead.post(`${path}/advance`, { verb: 'select', rev: submitted.rev }), 200) };
  };
  const inside = await selectedIn('430102');
  await must(county.post(`${inside.path}/advance`, { verb: 'publish', rev: inside.record.rev }), 200);

  const outside = await selectedIn('430103');
  await refused(() => county.post(`${outside.path}/advance`, { verb: 'publish', rev: outside.record.rev }), 404, 'NOT_FOUND');
  const published = await must(desk.coordinator.post(`${outside.path}/advance`, { verb: 'publish', rev: outside.record.rev }), 200);
  const reasons = [{ code: 'ORDER', text: '越界撤回' }];
  await refused(() => county.post(`${outside.path}/withdraw`, { rev: published.rev, reasons }), 403, 'ROLE');
});

test('a record one may not see answers with the bytes of an absent one', async () => {
  const sealed = await must(desk.owner.post('/records', opportunity(city, { label: undefined })), 201);
  const absent = sealed.id.slice(0, -4) + (sealed.id.endsWith('0000') ? '0001' : '0000');
  const strip = (r: Reply<Answer>, id: string) =>
    r.text
      .replaceAll(id, 'ID')
      .replaceAll(encode(id), 'ID')
      .replace(/"traceId":"[^"]*"/, '');
  const headers = (r: Reply<Answer>) => [...r.headers].filter(([k]) => !['date', 'content-length', 'x-trace-id'].includes(k));
  for (const path of ['', '/history']) {
    const hidden = await city.anonymous.get(`/records/${encode(sealed.id)}${path}`);
    const nothing = await city.anonymous.get(`/records/${encode(absent)}${path}`);
    expect(hidden.status).toBe(404);
    expect(strip(hidden, sealed.id)).toBe(strip(nothing, absent));
    expect(headers(hidden)).toEqual(headers(nothing));
  }
});

test('an unsigned federation request, and one for a view that is not yours, answer alike', async () => {
  const unsigned = await fetch(`${province.url}/federation/v1/feed?cursor=430100:up:1:0`);
  const unknown = await fetch(`${province.url}/federation/v1/feed?cursor=439999:up:1:0`, { headers: { 'x-signature': 'nonsense' } });
  expect([unsigned.status, unknown.status]).toEqual([404, 404]);
  expect(unsigned.headers.get('date')).toBeTruthy();
  const text = async (r: Response) => (await r.text()).replace(/"(traceId|instance)":"[^"]*",?/g, '');
  expect(await text(unsigned)).toBe(await text(unknown));
});

test('Idempotency-Key: the same body is made once, another body is refused', async () => {
  const body = opportunity(city, { title: '示例重复提交' });
  const first = await must(desk.owner.post('/records', body, { 'idempotency-key': 'k-1' }), 201);
  const again = await must(desk.owner.post('/records', body, { 'idempotency-key': 'k-1' }), 201);
  expect(again.id).toBe(first.id);
  const other = await desk.owner.post(
    '/records',
    { ...body, attrs: {}, core: { ...body.core, title: '示例另一份正文' } },
    { 'idempotency-key': 'k-1' },
  );
  expect({ status: other.status, code: other.body.code }).toEqual({ status: 409, code: 'IDEMPOTENCY_CONFLICT' });
});
