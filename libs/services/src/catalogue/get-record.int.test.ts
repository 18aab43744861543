import type { Actor } from '@xiangjing/authorization';
import { raise, type Label } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, people, person } from '../testing/people.ts';
import { receive, retract } from '../testing/replicas.ts';
import { draft, LABELS, publishedRecord, reason } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import type { RecordView } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const get = (id: string, actor: Actor) => world.as(actor).catalogue.records.get({ id });
const flight = { domains: ['low-altitude-economy'], scenarioTypes: ['low-altitude-economy.01'] };

describe('an own record', () => {
  it('is whole for its owner, masked for other departments, a projection for the rest', async () => {
    const { id } = await publishedRecord(world, { core: flight, attrs: { windLevel: 8, budget: 100 } });
    const own = await get(id, people.owner);
    expect(own.core.contact).toMatchObject({ mobile: '13800000000' });
    const department = await get(id, people.lead);
    expect(department).toMatchObject({
      shape: 'full',
      core: { contact: { mobile: '***' }, problem: own.core.problem },
      attrs: { budget: 100 },
    });
    expect(department.withheld).toContainEqual(expect.objectContaining({ path: 'core.contact', personal: true }));
    const open = await get(id, anonymous);
    expect(open).toMatchObject({ shape: 'full', title: own.title, attrs: { windLevel: 8 }, label: LABELS.open, verbs: [] });
    expect(Object.keys(open.core)).not.toEqual(expect.arrayContaining(['contact', 'resources']));
    expect(open.attrs).not.toHaveProperty('budget');
    expect(open.withheld.map((field) => field.path)).toEqual(expect.arrayContaining(['core.contact', 'core.resources', 'attrs.budget']));
  });

  it('names withheld kinds up to L2 only', async () => {
    const { id } = await publishedRecord(world, { core: { ...flight, internalNote: '内部备注不外传' }, attrs: { routes: '航线甲' } });
    for (const actor of [anonymous, people.enterprise]) {
      const shown = await get(id, actor);
      expect(shown.withheld.map((field) => field.path)).not.toEqual(expect.arrayContaining(['attrs.routes']));
      expect(shown.withheld.map((field) => field.path)).not.toContain('core.internalNote');
      expect(JSON.stringify(shown)).not.toMatch(/航线|内部备注/);
    }
    expect((await get(id, people.owner)).attrs.routes).toBe('航线甲');
  });

  it('shows as much as its own label lets each have', async () => {
    type Shape = RecordView['shape'] | 'NOT_FOUND';
    const table: [string, Label, Record<'anonymous' | 'enterprise' | 'analyst', Shape>][] = [
      ['L1', LABELS.open, { anonymous: 'full', enterprise: 'full', analyst: 'full' }],
      ['L2', LABELS.business, { anonymous: 'summary', enterprise: 'full', analyst: 'full' }],
      ['L3', LABELS.limited, { anonymous: 'NOT_FOUND', enterprise: 'NOT_FOUND', analyst: 'listed' }],
      ['L4', LABELS.top, { anonymous: 'NOT_FOUND', enterprise: 'NOT_FOUND', analyst: 'stub' }],
      ['L3 public safety', raise(LABELS.limited, { safety: 'ps' }), { anonymous: 'NOT_FOUND', enterprise: 'NOT_FOUND', analyst: 'stub' }],
    ];
    for (const [name, label, row] of table) {
      const { id } = await publishedRecord(world, { label, core: { publicTitle: '对外的名称' } });
      for (const [who, shape] of Object.entries(row)) {
        const actor = who === 'anonymous' ? anonymous : people[who as 'enterprise' | 'analyst'];
        const seen = await get(id, actor).then(
          (view) => view.shape,
          () => 'NOT_FOUND',
        );
        expect(seen, `${name} for ${who}`).toBe(shape);
      }
    }
  });

  it('has for the public at L2 title and summary and nothing else', async () => {
    const { id } = await publishedRecord(world, { label: LABELS.business });
    const seen = await get(id, anonymous);
    expect(Object.keys(seen.core).sort()).toEqual(['summary', 'title']);
    expect(seen).toMatchObject({ shape: 'summary', attrs: {}, label: null, owner: { uscc: '', name: '' } });
  });

  it('is its owner’s alone while it is a draft', async () => {
    const { id } = await draft(world);
    expect((await get(id, people.owner)).verbs).toContain('submit');
    for (const actor of [anonymous, people.stranger, people.lead, people.coordinator, people.analyst])
      expect(await refused(get(id, actor))).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });
});

describe('what may not be learnt of', () => {
  it('answers with the bytes of an absent record', async () => {
    const hidden = await draft(world);
    const top = await publishedRecord(world, { label: LABELS.top });
    const absent = hidden.id.slice(0, -4) + (hidden.id.endsWith('0000') ? '0001' : '0000');
    const foreign = absent.replace('430100', '430200');
    const { records } = world.as(people.stranger).catalogue;
    for (const ask of [
      (id: string) => get(id, anonymous),
      (id: string) => world.as(anonymous).catalogue.records.history({ id }),
      (id: string) => world.as(people.enterprise).catalogue.records.get({ id }),
      (id: string) => world.as(people.enterprise).catalogue.records.edit({ id, rev: 1, core: {} }),
      (id: string) => world.as(people.enterprise).catalogue.records.advance({ id, rev: 9, verb: 'publish' }),
      (id: string) => world.as(people.enterprise).catalogue.records.withdraw({ id, rev: 1, reasons: [reason] }),
      (id: string) => world.as(people.enterprise).catalogue.records.classify({ id, rev: 1, label: LABELS.open }),
    ]) {
      const bodies = await Promise.all([absent, hidden.id, top.id, foreign].map(async (id) => JSON.stringify(await refused(ask(id)))));
      expect(new Set(bodies).size, bodies.join('\n')).toBe(1);
      expect(bodies[0]).not.toContain('urn:xiangjing:4');
    }
    expect(await refused(records.get({ id: absent }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps the true reason in the audit', async () => {
    const { id } = await publishedRecord(world, { label: LABELS.top });
    await refused(get(id, people.enterprise));
    const [row] = await world.sql('select effect, reason, subject, label from audit where record_id = $1 order by ord desc limit 1', [id]);
    expect(row).toEqual({ effect: 'deny', reason: 'NOT_GRANTABLE', subject: 'ENT', label: 'L4/-/-/C/oN' });
  });
});

describe('a record that left its views', () => {
  it('is gone for whoever could see it, and absent for others', async () => {
    const open = await publishedRecord(world);
    const limited = await publishedRecord(world, { label: LABELS.limited });
    for (const record of [open, limited])
      await world.as(people.owner).catalogue.records.withdraw({ id: record.id, rev: record.rev, reasons: [reason] });
    expect(await refused(get(open.id, anonymous))).toMatchObject({ code: 'RECORD_GONE', status: 410, details: { reason: 'withdrawn' } });
    expect(await refused(get(limited.id, anonymous))).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(await refused(get(limited.id, people.analyst))).toMatchObject({ code: 'RECORD_GONE' });
    expect(await refused(get(open.id, people.owner))).toMatchObject({ code: 'RECORD_GONE', details: { rev: 5, verbs: ['reopen'] } });
    const again = await world.as(people.owner).catalogue.records.advance({ id: open.id, rev: 5, verb: 'reopen' });
    expect(again).toMatchObject({ stage: 'draft', rev: 6 });
    expect(await refused(get(open.id, anonymous))).toMatchObject({ code: 'RECORD_GONE', details: { reason: 'reopened' } });
  });

  it('was never there for the public if it was withdrawn before publication', async () => {
    const made = await draft(world);
    const submitted = await world.as(people.owner).catalogue.records.advance({ id: made.id, rev: 1, verb: 'submit' });
    await world.as(people.owner).catalogue.records.withdraw({ id: made.id, rev: submitted.rev, reasons: [reason] });
    expect(await refused(get(made.id, anonymous))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused(get(made.id, people.coordinator))).toMatchObject({ code: 'RECORD_GONE' });
  });

  it('while suspended stays with government only', async () => {
    const record = await publishedRecord(world);
    await world.as(people.supervisor).catalogue.records.advance({ id: record.id, rev: 4, verb: 'suspend', reasons: [reason] });
    expect(await refused(get(record.id, anonymous))).toMatchObject({ code: 'RECORD_GONE', details: { reason: 'suspended' } });
    expect(await get(record.id, people.analyst)).toMatchObject({ suspended: true });
  });
});

describe('another node’s record', () => {
  it('is shown from what was received, with origin, age and proof', async () => {
    const doc = await receive(world, { view: 'peer', heardAt: '2026-11-24T00:58:00Z' });
    const seen = await get(doc.id, people.lead);
    expect(seen).toMatchObject({
      origin: '430200',
      rev: 4,
      title: doc.core.title,
      verbs: [],
      provenance: { view: 'peer', heardAt: '2026-11-24T00:58:00.000Z', verified: true, digest: 'digest-of-bytes' },
    });
    expect((await get(doc.id, anonymous)).core).not.toHaveProperty('resources');
    expect(seen.core).toHaveProperty('resources');
  });

  it('is not changed here', async () => {
    const doc = await receive(world, { view: 'peer' });
    const { records } = world.as(people.owner).catalogue;
    for (const ask of [
      () => records.edit({ id: doc.id, rev: 4, core: { title: '改别人的记录' } }),
      () => records.advance({ id: doc.id, rev: 4, verb: 'retire' }),
      () => records.withdraw({ id: doc.id, rev: 4, reasons: [reason] }),
      () => records.classify({ id: doc.id, rev: 4, label: LABELS.open }),
    ])
      expect(await refused(ask())).toMatchObject({ code: 'FOREIGN_RECORD', status: 409, details: { origin: '430200' } });
    const limited = await receive(world, { view: 'up', label: LABELS.limited });
    expect(await refused(world.as(people.enterprise).catalogue.records.edit({ id: limited.id, rev: 4 }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('leaves a tombstone for those who could see it', async () => {
    const reasons = ['withdrawn', 'suspended', 'reopened'] as const;
    for (const why of reasons) {
      const doc = await receive(world, { view: 'peer' });
      await retract(world, doc, why);
      expect(await refused(get(doc.id, anonymous))).toMatchObject({ code: 'RECORD_GONE', details: { reason: why } });
    }
    const raised = await receive(world, { view: 'peer' });
    await retract(world, raised, 'label-raised');
    expect(await refused(get(raised.id, people.lead))).toMatchObject({ code: 'NOT_FOUND' });
    const limited = await receive(world, { view: 'up', label: LABELS.limited, core: { publicTitle: '对外的名称' } });
    await retract(world, limited, 'withdrawn');
    expect(await refused(get(limited.id, anonymous))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused(get(limited.id, people.lead))).toMatchObject({ code: 'RECORD_GONE' });
  });
});

it('shows staff of another city no more than a peer city has', async () => {
  const { id } = await publishedRecord(world, { label: LABELS.limited });
  expect(await refused(get(id, person('zhuzhou', ['lead@4302'])))).toMatchObject({ code: 'NOT_FOUND' });
});
