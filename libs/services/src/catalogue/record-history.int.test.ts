import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { namesakePlugin, testPlugin } from '../testing/plugin.ts';
import { receive } from '../testing/replicas.ts';
import { draft, LABELS, publishedRecord } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => void (world = await createWorld({ plugins: [testPlugin, namesakePlugin] })));
afterAll(() => world[Symbol.asyncDispose]());

const history = (id: string, actor: Parameters<World['as']>[0]) => world.as(actor).catalogue.records.history({ id });

it('shows every step to the owner, newest first, with the visible difference and the reasons', async () => {
  const { records } = world.as(people.owner).catalogue;
  const made = await draft(world, { label: null });
  await records.edit({ id: made.id, rev: 1, core: { title: '改过一次的名称' } });
  await records.classify({ id: made.id, rev: 2, label: LABELS.open });
  await records.advance({ id: made.id, rev: 3, verb: 'submit' });
  const back = { code: 'unclear', text: '指标写得不清楚', fields: ['/core/metrics'] };
  await world.as(people.checker).catalogue.records.advance({ id: made.id, rev: 4, verb: 'return', reasons: [back] });
  const { items } = await history(made.id, people.owner);
  expect(items.map((item) => [item.rev, item.verb, item.byRole])).toEqual([
    [5, 'return', 'checker'],
    [4, 'submit', 'owner'],
    [3, 'classify', 'owner'],
    [2, 'edit', 'owner'],
    [1, 'create', 'owner'],
  ]);
  expect(items[0]!.reasons).toEqual([back]);
  expect(items[2]!.changes).toEqual([{ path: 'label', titleZh: '定级', before: 'L4/-/-/N/oN', after: 'L1/-/-/U/oU' }]);
  expect(items[3]!.changes).toEqual([{ path: 'core.title', titleZh: '名称', before: '老旧管网漏损监测与预警', after: '改过一次的名称' }]);
});

it('shows the public what changed since publication in the paths it may read, and nothing of drafts', async () => {
  const record = await publishedRecord(world, { core: { title: '草稿时就有的名称' } });
  const change = {
    summary: '发布之后改过的简介，公众看得到。',
    internalNote: '公众看不到的备注',
    resources: [{ type: 'site', text: '公众看不到的资源' }],
  };
  await world.as(people.owner).catalogue.records.edit({ id: record.id, rev: 4, core: change });
  const seen = await history(record.id, anonymous);
  expect(seen.items.map((item) => item.verb)).toEqual(['amend', 'publish', 'select', 'submit']);
  expect(seen.items[0]!.changes).toEqual([{ path: 'core.summary', titleZh: '简介', before: record.core.summary, after: change.summary }]);
  expect(seen.items.slice(1).every((item) => item.changes.length === 0 && item.reasons.length === 0)).toBe(true);
  expect(JSON.stringify(seen)).not.toMatch(/看不到/);
});

it('keeps a value above the joint label of today out of the history of those who have the body', async () => {
  const record = await publishedRecord(world, { core: { internalNote: '曾经写过的内部备注' } });
  expect(await refused(world.as(people.lead).catalogue.records.get({ id: record.id })).catch(() => 'seen')).toBe('seen');
  const without = await world.as(people.owner).catalogue.records.edit({ id: record.id, rev: 4, core: { internalNote: null } });
  expect((await world.as(people.lead).catalogue.records.get({ id: record.id })).shape).toBe('full');
  expect(without.rev).toBe(5);
  expect(JSON.stringify(await history(record.id, people.lead))).not.toContain('内部备注');
});

it('keeps a closed attribute closed after the record moved to a domain where its name is open', async () => {
  const inLowAltitude = { domains: ['low-altitude-economy'], scenarioTypes: ['low-altitude-economy.01'] };
  const record = await publishedRecord(world, { core: inLowAltitude, attrs: { routes: '敏感航线' } });
  const core = { domains: ['healthcare'], scenarioTypes: ['healthcare.01'] };
  const { records } = world.as(people.owner).catalogue;
  const moved = await records.edit({ id: record.id, rev: record.rev, core, attrs: { routes: '门诊到药房' } });
  await records.edit({ id: record.id, rev: moved.rev, attrs: { routes: '门诊到病房' } });
  for (const actor of [anonymous, people.lead]) {
    const seen = await history(record.id, actor);
    expect(seen.items[0]!.changes).toMatchObject([{ path: 'attrs.routes', before: '门诊到药房', after: '门诊到病房' }]);
    expect(JSON.stringify(seen)).not.toContain('敏感航线');
  }
});

it('tells of another node’s record the version held here', async () => {
  const doc = await receive(world, { view: 'peer' });
  expect(await history(doc.id, anonymous)).toEqual({
    items: [{ rev: 4, at: '2026-11-24T01:00:00.000Z', verb: 'received', stage: 'published', byRole: 'node', changes: [], reasons: [] }],
  });
});
