import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { deskOf, eventually, makeOrganisations, must, opportunity, publish } from './support/records.ts';
import { encode } from './support/rest-client.ts';

/** Promise 5: nodes with different plug-in versions exchange records without losing an attribute. Schema 2 adds `crop`. */
let federation: TestFederation;
let city: TestNode;
let province: TestNode;
const as = (schema: 1 | 2) => ({ script: 'versioned', env: { SCHEMA: String(schema) } }) as const;

beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100'] });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  await makeOrganisations(city);
  await city.stop();
  await province.stop();
  await province.start(as(1));
  await city.start(as(2));
}, 240_000);
afterAll(() => federation?.stop());

const farm = () =>
  opportunity(city, {
    title: '示例智慧农机作业',
    core: { domains: ['modern-agriculture'], scenarioTypes: ['modern-agriculture.01'] },
    attrs: { field: '双季稻田', crop: '早稻' },
  });

test('the older node keeps the bytes, shows core and what it knows; with schema 2 it shows all without a re-send', async () => {
  const record = await publish(await deskOf(city), farm());
  const path = `/records/${encode(record.id)}`;
  const older = await eventually(
    () => province.anonymous.get(path),
    (r) => r.status === 200,
  );
  expect(older.answer.body).toMatchObject({ title: '示例智慧农机作业', attrs: { field: '双季稻田' } });
  expect(older.answer.body.attrs).not.toHaveProperty('crop');
  const [held] = await province.sql<{ text: string; seq: number }>(
    `select convert_from(bytes, 'UTF8') text, seq from replica_bytes where record_id = $1 and view = 'up'`,
    [record.id],
  );
  expect(held!.text).toContain('早稻');

  await province.stop();
  await province.start(as(2));
  const newer = await must(province.anonymous.get(path), 200);
  expect(newer.attrs).toEqual({ field: '双季稻田', crop: '早稻' });
  const [same] = await province.sql<{ seq: number }>(`select seq from replica_bytes where record_id = $1 and view = 'up'`, [record.id]);
  expect(same!.seq).toBe(held!.seq);
});

test('a home node back on schema 1 edits the record, and the unknown attribute stays', async () => {
  const record = await publish(await deskOf(city), farm());
  await city.stop();
  await city.start(as(1));
  const owner = await city.as('owner');
  const edited = await must(owner.patch(`/records/${encode(record.id)}`, { rev: record.rev, attrs: { field: '再生稻田' } }), 200);
  expect(edited.attrs.field).toBe('再生稻田');
  const [stored] = await city.sql<{ attrs: object }>(`select attrs from record where id = $1`, [record.id]);
  expect(stored!.attrs).toEqual({ field: '再生稻田', crop: '早稻' });
  const away = await eventually(
    () => province.anonymous.get(`/records/${encode(record.id)}`),
    (r) => r.body.rev === edited.rev,
  );
  expect(away.answer.body.attrs).toEqual({ field: '再生稻田', crop: '早稻' });
});
