import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, person } from '../testing/people.ts';
import { draft, LABELS, opportunity, publishedRecord, reason } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import type { AdvanceRecordInput, RecordView } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const advance = (record: RecordView, verb: AdvanceRecordInput['verb'], actor = people.owner, more: Partial<AdvanceRecordInput> = {}) =>
  world.as(actor).catalogue.records.advance({ id: record.id, rev: record.rev, verb, ...more });

describe('submit', () => {
  it('lists all that is missing, with places, and changes nothing', async () => {
    const { problem: _problem, metrics: _metrics, ...core } = opportunity();
    const record = await world.as(people.owner).catalogue.records.create({ kind: 'opportunity', core });
    const problem = await refused(advance(record, 'submit'));
    expect(problem).toMatchObject({ code: 'FIELD_MISSING', status: 422 });
    expect(problem.errors.map((issue) => issue.pointer).sort()).toEqual(['/core/metrics', '/core/problem']);
    expect(await world.sql('select stage, rev from record where id = $1', [record.id])).toEqual([{ stage: 'draft', rev: '1' }]);
  });

  it('asks the rules of the domain for the stage it leads to', async () => {
    const core = { domains: ['low-altitude-economy'], scenarioTypes: ['low-altitude-economy.01'] };
    const record = await draft(world, { core, attrs: { windLevel: 14 } });
    const problem = await refused(advance(record, 'submit'));
    expect(problem).toMatchObject({ code: 'RULE_VIOLATED', status: 422, errors: [{ pointer: '/attrs/windLevel' }] });
    const mended = await world.as(people.owner).catalogue.records.edit({ id: record.id, rev: 1, attrs: { windLevel: 12 } });
    expect((await advance(mended, 'submit')).stage).toBe('solicited');
  });

  it('refuses a record whose time is over, and an owner that is not active', async () => {
    const record = await draft(world, { core: { validUntil: '2026-11-23' } });
    expect(await refused(advance(record, 'submit'))).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer: '/core/validUntil' }] });
    const other = await draft(world);
    await world.sql(`update organisation set state = 'suspended' where name = '示例水务局'`);
    expect(await refused(advance(other, 'submit'))).toMatchObject({ code: 'SUBJECT_STATE', status: 403 });
    await world.sql(`update organisation set state = 'active' where name = '示例水务局'`);
    expect((await advance(other, 'submit')).stage).toBe('solicited');
  });
});

describe('publish', () => {
  it('needs the fields of publication', async () => {
    const record = await draft(world, { core: { roleContact: null } });
    const submitted = await advance(record, 'submit');
    const selected = await advance(submitted, 'select', people.lead);
    const problem = await refused(advance(selected, 'publish', people.coordinator));
    expect(problem).toMatchObject({ code: 'FIELD_MISSING', errors: [{ pointer: '/core/roleContact' }] });
  });

  it('writes day, revision, list row, audit, intents and fact in one transaction', async () => {
    const record = await publishedRecord(world);
    expect(record).toMatchObject({
      stage: 'published',
      rev: 4,
      firstPublishedOn: '2026-11-24',
      holder: { role: 'owner', dueOn: '2026-12-18' },
    });
    const about = (table: string, column: string) => world.sql(`select * from ${table} where ${column} = $1`, [record.id]);
    expect(await about('fact', 'root_id')).toMatchObject([
      { type: 'scenario.published', scenario_kind: 'small-incision', region: '430102', node: '430100' },
    ]);
    expect(await about('listed_record', 'id')).toMatchObject([{ stage: 'published', viewed: true, shape: 'full', rev: '4' }]);
    const intents = await world.sql<{ event: string; xact: string; seq: string }>(
      'select event, xact, seq from intent where record_id = $1 order by seq desc limit 2',
      [record.id],
    );
    expect(intents.map((intent) => intent.event)).toEqual(['fact.recorded', 'record.published']);
    expect(intents[0]!.xact).toBe(intents[1]!.xact);
    expect(await world.sql(`select detail from audit where record_id = $1 order by ord desc limit 1`, [record.id])).toMatchObject([
      { detail: { verb: 'publish', from: 'selected', to: 'published', rev: 4 } },
    ]);
  });

  it('is refused where no view would have the record: of the province’s own only cities and the public are an audience', async () => {
    await using province = await createWorld({ adcode: '430000' });
    const made = await draft(province, { label: LABELS.limited, core: { region: '430000' } });
    const step = (record: RecordView, verb: 'submit' | 'select' | 'publish', actor: Parameters<World['as']>[0]) =>
      province.as(actor).catalogue.records.advance({ id: made.id, rev: record.rev, verb });
    const selected = await step(await step(made, 'submit', people.owner), 'select', person('lead', ['lead@43']));
    const coordinator = person('coordinator', ['coordinator@43']);
    expect(await refused(step(selected, 'publish', coordinator))).toMatchObject({ code: 'NOTHING_VISIBLE', status: 409 });
    expect(await province.sql('select stage from record')).toEqual([{ stage: 'selected' }]);
    expect(await province.sql('select from fact')).toHaveLength(0);
  });

  it('takes a sealed record, of which the province gets a stub', async () => {
    expect(await publishedRecord(world, { label: null })).toMatchObject({ stage: 'published', classified: false });
  });
});

describe('what advanceRecord refuses', () => {
  it('a step without its reason, or a return that names no field', async () => {
    const record = await publishedRecord(world);
    expect(await refused(advance(record, 'suspend', people.lead))).toMatchObject({
      code: 'REASON_MISSING',
      errors: [{ pointer: '/reasons' }],
    });
    const submitted = await advance(await draft(world), 'submit');
    expect(await refused(advance(submitted, 'return', people.checker, { reasons: [reason] }))).toMatchObject({ code: 'REASON_MISSING' });
    const back = await advance(submitted, 'return', people.checker, { reasons: [{ ...reason, fields: ['/core/metrics'] }] });
    expect(back.stage).toBe('returned');
  });

  it('verbs that have procedures of their own, unknown ones, and label axes', async () => {
    const record = await draft(world);
    for (const verb of ['create', 'edit', 'amend'] as const)
      expect(await refused(advance(record, verb))).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer: '/verb' }] });
    expect(await refused(advance(record, 'promote' as never))).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer: '/verb' }] });
    expect(await refused(advance(record, 'submit', people.owner, { level: 'L1' } as never))).toMatchObject({ code: 'MASS_ASSIGNMENT' });
  });

  it('a stale revision, naming the present one', async () => {
    const record = await draft(world);
    await advance(record, 'submit');
    expect(await refused(advance(record, 'recall'))).toMatchObject({ code: 'REV_CONFLICT', status: 409, details: { rev: 2 } });
    expect(await refused(advance({ ...record, rev: 99 }, 'recall'))).toMatchObject({ code: 'REV_CONFLICT', details: { rev: 2 } });
  });
});

it('of several that advance the same revision at once, one wins', async () => {
  const record = await publishedRecord(world);
  const calls = [
    () => advance(record, 'retire'),
    () => advance(record, 'suspend', people.lead, { reasons: [reason] }),
    () => world.as(people.owner).catalogue.records.withdraw({ id: record.id, rev: record.rev, reasons: [reason] }),
  ];
  const answers = await world.race(record.id, calls);
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect(await refused(Promise.reject(answer.reason as Error))).toMatchObject({ code: 'REV_CONFLICT', details: { rev: 5 } });
  expect(await world.sql('select rev from record_revision where record_id = $1 and rev > 4', [record.id])).toHaveLength(1);
  expect(await world.sql('select from intent where record_id = $1 and rev = 5', [record.id])).toHaveLength(1);
});
