import type { JsonObject, Label } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, ENTERPRISE, people, person } from '../testing/people.ts';
import { receive } from '../testing/replicas.ts';
import { draft, LABELS, publishedRecord, reason } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import { FACETS, type ListRecordsInput, type RecordList } from './schemas.ts';

let world: World;
const ids: Record<string, string> = {};
const drone = { domains: ['low-altitude-economy', 'ecology'], scenarioTypes: ['low-altitude-economy.01'] };

beforeAll(async () => {
  world = await createWorld();
  const publish = async (name: string, core: JsonObject, label: Label = LABELS.open) =>
    void (ids[name] = (await publishedRecord(world, { core, label })).id);
  await publish('pipes', { title: '老旧管网漏损监测与预警', region: '430102', responseDeadline: '2026-11-28' });
  await publish('drones', {
    title: '无人机巡检电力廊道',
    ...drone,
    region: '430103',
    scenarioKind: 'industry-integrated',
    responseDeadline: '2026-12-20',
  });
  await publish('business', { title: '企业算力调度平台', summary: '为园区企业调度算力的平台。' }, LABELS.business);
  await publish(
    'limited',
    { title: '内部名称含秘密词语甲', publicTitle: '地下空间安全监测', publicSummary: '对外的简介，写明可以公开的内容。' },
    LABELS.limited,
  );
  await publish('top', { title: '封存名称含秘密词语乙' }, LABELS.top);
  ids.draft = (await draft(world, { core: { title: '还没有提交的草稿' } })).id;
  ids.replica = (await receive(world, { view: 'peer', core: { title: '株洲轨道交通调度' }, heardAt: '2026-11-24T08:30:00+08:00' })).id;
  ids.near = (await receive(world, { origin: '430300', view: 'peer', core: { title: '湘潭智慧养老' } })).id;
});
afterAll(() => world[Symbol.asyncDispose]());

const list = (input: ListRecordsInput = {}, actor: Parameters<World['as']>[0] = anonymous) => world.as(actor).catalogue.records.list(input);
const names = (found: RecordList) => found.items.map((item) => Object.keys(ids).find((name) => ids[name] === item.id)!).sort();
const facet = (found: RecordList, name: (typeof FACETS)[number]) =>
  Object.fromEntries(found.facets[name].map(({ value, count }) => [value, count]));

describe('who sees which rows', () => {
  it('is one rule for hits, totals and facets', async () => {
    const seen = {
      anonymous: await list(),
      enterprise: await list({}, people.enterprise),
      analyst: await list({}, people.analyst),
      lead: await list({}, people.lead),
      owner: await list({}, people.owner),
    };
    const open = ['business', 'drones', 'near', 'pipes', 'replica'];
    expect(names(seen.anonymous)).toEqual(open);
    expect(names(seen.enterprise)).toEqual(open);
    expect(names(seen.analyst)).toEqual([...open, 'limited', 'top'].sort());
    expect(names(seen.lead)).toEqual([...open, 'limited', 'top'].sort());
    expect(names(seen.owner)).toEqual([...open, 'draft', 'limited', 'top'].sort());
    for (const found of Object.values(seen)) {
      expect(found.total).toBe(found.items.length);
      const sum = (name: (typeof FACETS)[number]) => found.facets[name].reduce((total, { count }) => total + count, 0);
      for (const name of ['kind', 'stage', 'origin'] as const) expect(sum(name)).toBe(found.total);
    }
  });

  it('agrees with what getRecord shows of each', async () => {
    for (const actor of [anonymous, people.enterprise, people.analyst, people.lead, people.owner, people.supervisor, people.operator]) {
      const found = await list({ limit: 100 }, actor);
      for (const id of Object.values(ids)) {
        const listed = found.items.find((item) => item.id === id);
        const view = await world
          .as(actor)
          .catalogue.records.get({ id })
          .catch(() => undefined);
        expect(listed === undefined).toBe(view === undefined);
        if (listed && view) expect({ title: listed.title, shape: listed.shape }).toEqual({ title: view.title, shape: view.shape });
      }
    }
  });

  it('shows a stub without words, and the public above L1 no more than title and summary', async () => {
    const item = (found: RecordList, name: string) => found.items.find(({ id }) => id === ids[name])!;
    expect(item(await list({}, people.analyst), 'top')).toMatchObject({
      shape: 'stub',
      title: '',
      summary: '',
      region: '',
      scenarioKind: null,
      scenarioTypes: [],
      domain: 'urban-rural-governance',
    });
    expect(item(await list(), 'business')).toMatchObject({
      shape: 'summary',
      title: '企业算力调度平台',
      domain: null,
      domains: [],
      region: '',
      owner: { name: '' },
      responseDeadline: null,
    });
    expect(item(await list({}, people.analyst), 'limited')).toMatchObject({
      shape: 'listed',
      title: '地下空间安全监测',
      region: '',
      owner: { name: '示例水务局' },
    });
  });
});

describe('facets', () => {
  it('are each counted without their own filter', async () => {
    const found = await list({ domain: ['low-altitude-economy'], origin: ['430100'] });
    expect(names(found)).toEqual(['drones']);
    expect(facet(found, 'domain')).toEqual({ 'low-altitude-economy': 1, ecology: 1, 'urban-rural-governance': 1 });
    expect(facet(found, 'origin')).toEqual({ 430100: 1 });
    expect(facet(await list({ origin: ['430200'] }), 'origin')).toEqual({ 430100: 3, 430200: 1, 430300: 1 });
  });

  it('count a county for its prefecture too, and filter as they count', async () => {
    const found = await list();
    expect(facet(found, 'region')).toEqual({ 430100: 2, 430102: 1, 430103: 1, 430200: 1, 430202: 1, 430300: 1, 430302: 1 });
    for (const [region, count] of Object.entries(facet(found, 'region')))
      expect((await list({ region: [region] })).total, region).toBe(count);
  });

  it.each(FACETS)('%s: each value selects as many rows as it counts', async (name) => {
    for (const actor of [anonymous, people.analyst, people.owner]) {
      const found = await list({}, actor);
      for (const { value, count } of found.facets[name])
        expect((await list({ [name]: [value] }, actor)).total, `${name}=${value}`).toBe(count);
    }
  });

  it('never tell of a row that the caller does not see', async () => {
    const found = await list();
    expect(facet(found, 'stage')).toEqual({ published: 5 });
    expect((await list({ q: ids.top })).total).toBe(0);
    const [{ id }] = [await publishedRecord(world, { core: { region: '430181' }, label: LABELS.limited })];
    expect(facet(await list(), 'region')).not.toHaveProperty('430181');
    expect(facet(await list({}, people.analyst), 'region')).not.toHaveProperty('430181'); // listed metadata has no region
    expect((await list({ region: ['430181'] }, people.analyst)).total).toBe(0);
    expect((await list({ region: ['430181'] }, people.owner)).items.map((item) => item.id)).toEqual([id]);
    await world.as(people.owner).catalogue.records.withdraw({ id, rev: 4, reasons: [reason] });
  });
});

describe('search', () => {
  it.each([
    ['管网', 'pipes'],
    ['漏损监测', 'pipes'],
    ['无人机', 'drones'],
    ['低空', undefined],
    ['wrjxj', 'drones'],
    ['ljgw', 'pipes'],
    ['算力调度', 'business'],
    ['轨道交通', 'replica'],
    ['100%', undefined],
    ['_', undefined],
  ])('%s finds %s', async (q, name) => {
    expect(names(await list({ q }))).toEqual(name === undefined ? [] : [name]);
  });

  it('finds by words of the body only for those who have it', async () => {
    expect(names(await list({ q: '秘密词语甲' }, people.owner))).toEqual(['limited']);
    for (const actor of [anonymous, people.enterprise, people.analyst, people.lead]) {
      expect((await list({ q: '秘密词语甲' }, actor)).total).toBe(0);
      expect((await list({ q: '秘密词语乙' }, actor)).total).toBe(0);
    }
    expect(names(await list({ q: '地下空间' }, people.analyst))).toEqual(['limited']);
    expect((await list({ q: '地下空间' })).total).toBe(0);
  });

  it('does not find by an owner that is not shown', async () => {
    expect(names(await list({ q: '水务局' }))).toEqual(['drones', 'pipes']);
    expect(names(await list({ q: '水务局' }, people.enterprise))).toEqual(['business', 'drones', 'pipes']);
  });

  it('puts what bears the words in its title first', async () => {
    const { id } = await publishedRecord(world, { core: { title: '排水设施巡查', summary: '顺带说到无人机的一句话，仅此而已。' } });
    expect((await list({ q: '无人机' })).items.map((item) => item.id)).toEqual([ids.drones, id]);
    await world.as(people.owner).catalogue.records.withdraw({ id, rev: 4, reasons: [reason] });
  });
});

describe('sorting and pages', () => {
  it('sorts by deadline, and filters by what is due', async () => {
    const byDue = await list({ sort: 'due', origin: ['430100'] });
    expect(byDue.items.slice(0, 2).map((item) => item.id)).toEqual([ids.pipes, ids.drones]);
    expect(names(await list({ due: '7d', origin: ['430100'] }))).toEqual(['pipes']);
    expect(names(await list({ due: '30d', origin: ['430100'] }))).toEqual(['drones', 'pipes']);
    expect(names(await list({ due: 'open', origin: ['430100'] }))).toEqual(['drones', 'pipes']);
  });

  it('counts what was first published since a day', async () => {
    const all = await list({ origin: ['430100'] });
    const days = all.items.flatMap((item) => item.firstPublishedOn ?? []).toSorted();
    const since = await list({ origin: ['430100'], publishedSince: days.at(-1)! });
    expect(since.total).toBe(days.filter((day) => day >= days.at(-1)!).length);
    expect((await list({ origin: ['430100'], publishedSince: '2999-01-01' })).total).toBe(0);
  });

  it('cuts pages that neither lose nor repeat a row, ties included', async () => {
    for (const sort of ['published', 'due', 'changed', 'relevance'] as const) {
      const whole = (await list({ sort, limit: 100 }, people.owner)).items.map((item) => item.id);
      const pieces: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ sort, limit: 2, ...(cursor === undefined ? {} : { cursor }) }, people.owner);
        pieces.push(...page.items.map((item) => item.id));
        expect(page.total).toBe(whole.length);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(pieces, sort).toEqual(whole);
      expect(new Set(pieces).size).toBe(pieces.length);
    }
  });

  it('refuses a cursor of another list', async () => {
    const withNul = (cursor: string): string => {
      const [list, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, string];
      return Buffer.from(JSON.stringify([list, `${key}\0`, id])).toString('base64url');
    };
    const { nextCursor } = await list({ limit: 1 });
    const wrong = [
      { cursor: nextCursor!, sort: 'due' as const },
      { cursor: nextCursor!, kind: ['opportunity' as const] },
      { cursor: 'AAAA' },
      { cursor: withNul(nextCursor!) },
    ];
    for (const input of wrong) expect(await refused(list(input))).toMatchObject({ code: 'CURSOR_INVALID', status: 422 });
    expect((await list({ limit: 1, cursor: nextCursor! })).items).toHaveLength(1);
  });

  it('takes a hostile question as text', async () => {
    for (const q of [`'; drop table record; --`, `')) or true --`, '& | !', '\\', '%', ':*', 'a:*b'])
      expect(typeof (await list({ q })).total).toBe('number');
  });
});

it('lists one’s own records, and withdrawn ones to those who ask', async () => {
  const { id } = await publishedRecord(world, { core: { title: '将要撤回的记录' } });
  await world.as(people.owner).catalogue.records.withdraw({ id, rev: 4, reasons: [reason] });
  const mine = await list({ mine: true }, people.owner);
  expect(mine.items.every((item) => item.origin === '430100')).toBe(true);
  expect(mine.items.map((item) => item.id)).toContain(id);
  expect((await list({ mine: true }, people.lead)).total).toBe(0);
  expect((await list({ mine: true })).total).toBe(0);
  expect((await list({}, people.owner)).items.map((item) => item.id)).not.toContain(id);
  expect((await list({ stage: ['withdrawn'] }, people.owner)).items.map((item) => item.id)).toContain(id);
  expect((await list({ stage: ['withdrawn'] })).total).toBe(0);
});

it('shows origin and age of every replica, and which nodes are late', async () => {
  const found = await list();
  const replica = found.items.find((item) => item.id === ids.replica)!;
  expect(replica).toMatchObject({ origin: '430200', receivedAt: '2026-11-24T01:00:00.000Z', heardAt: '2026-11-24T00:30:00.000Z' });
  expect(found.items.find((item) => item.id === ids.pipes)).toMatchObject({ receivedAt: null, heardAt: null });
  expect(found.late).toEqual([{ origin: '430200', heardAt: '2026-11-24T00:30:00.000Z' }]);
});

it('hides from the list what the author raised in a single field', async () => {
  const { id } = await publishedRecord(world, { core: { region: '430104' }, fieldLabels: { 'core.region': LABELS.limited } });
  const item = (await list({ q: id })).items[0]!;
  expect(item).toMatchObject({ region: '', title: '老旧管网漏损监测与预警' });
  expect(facet(await list(), 'region')).not.toHaveProperty('430104');
});

it('agrees with getRecord for every kind of label and every kind of caller', async () => {
  await using other = await createWorld();
  const labels: Label[] = [
    LABELS.open,
    LABELS.business,
    { ...LABELS.business, open: 'oN' },
    { ...LABELS.business, share: 'C' },
    { ...LABELS.business, pi: 'pi' },
    LABELS.limited,
    { ...LABELS.limited, safety: 'ps' },
    LABELS.top,
    { ...LABELS.top, pi: 'spi' },
    { ...LABELS.top, share: 'N' },
  ];
  const made: string[] = [];
  for (const label of labels) {
    made.push((await publishedRecord(other, { label, core: { publicTitle: '对外的名称' } })).id);
    made.push((await publishedRecord(other, { label, fieldLabels: { 'core.title': LABELS.limited } })).id);
    made.push((await publishedRecord(other, { label, fieldLabels: { 'core.title': { ...LABELS.business, pi: 'pi' } } })).id);
    for (const view of ['up', 'peer'] as const)
      made.push(
        await receive(other, { label, view }).then(
          (doc) => doc.id,
          () => '',
        ),
      );
  }
  const suspended = await publishedRecord(other);
  await other.as(people.lead).catalogue.records.advance({ id: suspended.id, rev: 4, verb: 'suspend', reasons: [reason] });
  made.push(suspended.id, (await draft(other)).id);
  const callers = {
    anonymous,
    ...people,
    unverified: person('new', [`owner@org:${ENTERPRISE}`], { organisationVerified: false }),
    foreign: person('foreign', ['lead@4302']),
    uncleared: person('uncleared', ['steward@4301'], { steppedUp: false }),
  };
  for (const [who, actor] of Object.entries(callers)) {
    const { items } = await other.as(actor).catalogue.records.list({ limit: 100 });
    for (const id of made.filter(Boolean)) {
      const listed = items.find((item) => item.id === id);
      const view = await other
        .as(actor)
        .catalogue.records.get({ id })
        .catch(() => undefined);
      const told = `${who} ${id} listed ${listed?.shape} shown ${view?.shape}`;
      expect(listed === undefined, told).toBe(view === undefined);
      if (listed && view) expect([view.title, '***'], told).toContain(listed.title); // personal text stands in no list
    }
  }
});
