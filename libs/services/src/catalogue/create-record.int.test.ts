import { PRESETS, SEALED, type JsonObject } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENCY, anonymous, ENTERPRISE, people, person, sampleUscc, STRANGER, SUSPENDED } from '../testing/people.ts';
import { capability, draft, LABELS, opportunity, publishedRecord } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import type { CreateRecordInput } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const create = (body: Partial<CreateRecordInput> & Record<string, unknown> = {}, actor = people.owner) =>
  world.as(actor).catalogue.records.create({ kind: 'opportunity', core: opportunity(), ...body } as CreateRecordInput);
const counts = async () =>
  (await world.sql('select (select count(*) from record) r, (select count(*) from intent) i, (select count(*) from listed_record) l'))[0];

describe('createRecord', () => {
  it('mints a sealed draft with revision, list row, audit and intent', async () => {
    const record = await create();
    expect(record).toMatchObject({
      rev: 1,
      stage: 'draft',
      origin: '430100',
      classified: false,
      label: SEALED,
      owner: { uscc: AGENCY, name: '示例水务局' },
    });
    expect(record.id).toMatch(/^urn:xiangjing:430100:opportunity:[0-9a-f-]{36}$/);
    expect(record.verbs).toEqual(expect.arrayContaining(['submit', 'edit', 'discard', 'classify']));
    const about = (table: string, column = 'record_id') => world.sql(`select * from ${table} where ${column} = $1`, [record.id]);
    expect(await about('record_revision')).toMatchObject([{ rev: '1', verb: 'create', by_role: 'owner' }]);
    expect(await about('listed_record', 'id')).toMatchObject([{ viewed: false, shape: 'stub', outside_title: '', title: record.title }]);
    expect(await about('audit')).toMatchObject([{ action: 'record.create', effect: 'allow', subject: 'OWN', label: 'L4/-/-/N/oN' }]);
    expect(await about('intent')).toMatchObject([{ event: 'record.created', rev: '1', seq: expect.any(String) as string }]);
  });

  it('takes a whole label, and joins it over all fields', async () => {
    const record = await create({ label: LABELS.open });
    expect(record).toMatchObject({ classified: true, label: LABELS.open });
    expect(record.labels['core.contact']).toMatchObject({ level: 'L2', pi: 'pi' });
    const [row] = await world.sql('select level, joint_level, joint_pi from record where id = $1', [record.id]);
    expect(row).toEqual({ level: 0, joint_level: 1, joint_pi: 1 }); // resources are L2, the contact is personal
  });

  it('takes the only organisation of its owner, in normal form, and its region', async () => {
    const { ownerUscc: _owner, region: _region, ...core } = opportunity();
    expect(await create({ core })).toMatchObject({ owner: { uscc: AGENCY }, core: { region: '430100' } });
    expect(await create({ core: opportunity({ ownerUscc: `${AGENCY.slice(0, 8)} ${AGENCY.slice(8).toLowerCase()}` }) })).toMatchObject({
      owner: { uscc: AGENCY },
    });
  });

  it('lets a demonstration inherit from its opportunity', async () => {
    const { id } = await publishedRecord(world);
    const core: JsonObject = { title: '漏损监测示范', domains: ['urban-rural-governance'], from: { opportunity: id, capabilities: [] } };
    const made = await world.as(people.owner).catalogue.records.create({ kind: 'demonstration', core });
    expect(made.core).toMatchObject({ scenarioKind: 'small-incision', industry: 'D46', supplyAreas: ['governance'] });
    const nowhere = { ...core, from: { opportunity: id.slice(0, -4) + '0000', capabilities: [] } };
    const problem = await refused(world.as(people.owner).catalogue.records.create({ kind: 'demonstration', core: nowhere }));
    expect(problem.errors).toMatchObject([{ pointer: '/core/from/opportunity' }]);
  });

  it('inherits nothing of an opportunity that its writer may not see, and tells it like one that is not here', async () => {
    const { records } = world.as(people.stranger).catalogue;
    const sealed = await draft(world, { label: null });
    const of = (opportunityId: string): JsonObject => ({ opportunity: opportunityId, capabilities: [] });
    const core: JsonObject = { title: '漏损监测示范', domains: ['urban-rural-governance'], ownerUscc: STRANGER, from: of(sealed.id) };
    const hidden = await refused(records.create({ kind: 'demonstration', core }));
    const absent = await refused(records.create({ kind: 'demonstration', core: { ...core, from: of(`${sealed.id.slice(0, -4)}0000`) } }));
    expect(hidden).toEqual(absent);

    const open = await publishedRecord(world);
    const made = await records.create({ kind: 'demonstration', core: { ...core, from: of(open.id) }, label: LABELS.open });
    expect(made.core).toMatchObject({ industry: 'D46' });
    await world.as(people.steward).catalogue.records.classify({ id: open.id, rev: open.rev, label: LABELS.top });
    const edited = await records.edit({ id: made.id, rev: made.rev, core: { title: '漏损监测示范工程' } });
    expect(edited.core).toMatchObject({ title: '漏损监测示范工程', industry: 'D46' });
    expect((await refused(records.edit({ id: made.id, rev: edited.rev, core: { from: of(sealed.id) } }))).errors).toEqual(absent.errors);
  });

  it('makes a capability for an enterprise', async () => {
    const made = await world.as(people.enterprise).catalogue.records.create({ kind: 'capability', core: capability(), label: PRESETS.biz });
    expect(made).toMatchObject({ kind: 'capability', owner: { uscc: ENTERPRISE } });
  });
});

describe('what createRecord refuses, and nothing changes', () => {
  const first = { level: 'L1' };
  const cases: [string, Partial<CreateRecordInput> & Record<string, unknown>, string, string][] = [
    ['an unknown domain', { core: opportunity({ domains: ['outer-space'] }) }, 'DOMAIN_UNKNOWN', '/core/domains/0'],
    [
      'an unknown scenario type',
      { core: opportunity({ scenarioTypes: ['urban-rural-governance.99'] }) },
      'TERM_UNKNOWN',
      '/core/scenarioTypes/0',
    ],
    [
      'a scenario type of another domain',
      { core: opportunity({ scenarioTypes: ['healthcare.01'] }) },
      'TERM_FOREIGN',
      '/core/scenarioTypes/0',
    ],
    ['a region that does not exist', { core: opportunity({ region: '439999' }) }, 'REGION_UNKNOWN', '/core/region'],
    ['a region of another city', { core: opportunity({ region: '430200' }) }, 'REGION_UNKNOWN', '/core/region'],
    [
      'a wrong check digit',
      { core: opportunity({ ownerUscc: AGENCY.slice(0, 17) + (AGENCY.endsWith('0') ? '1' : '0') }) },
      'USCC_INVALID',
      '/core/ownerUscc',
    ],
    ['an unknown field', { core: opportunity({ titel: 'x' }) }, 'FIELD_UNKNOWN', '/core/titel'],
    ['an unknown key beside the fields', { attr: {} }, 'FIELD_UNKNOWN', '/attr'],
    [
      'an unknown attribute',
      { core: opportunity({ domains: ['low-altitude-economy'], scenarioTypes: ['low-altitude-economy.01'] }), attrs: { wind: 3 } },
      'ATTRIBUTE_INVALID',
      '/attrs/wind',
    ],
    ['an attribute of a domain without plug-in', { attrs: { wind: 3 } }, 'ATTRIBUTE_INVALID', '/attrs/wind'],
    ['a label axis beside the label', { level: 'L1' }, 'MASS_ASSIGNMENT', '/level'],
    ['a label axis among the fields', { core: opportunity({ level: 'L1' }) }, 'MASS_ASSIGNMENT', '/core/level'],
    ['a label axis among the attributes', { attrs: { share: 'U' } }, 'MASS_ASSIGNMENT', '/attrs/share'],
    ['a stage', { stage: 'published' }, 'MASS_ASSIGNMENT', '/stage'],
    ['an id', { id: 'urn:x' }, 'MASS_ASSIGNMENT', '/id'],
    ['an owner node', { ownerNode: '430200' }, 'MASS_ASSIGNMENT', '/ownerNode'],
    ['what the node derives', { core: opportunity({ ownerName: '别的单位' }) }, 'MASS_ASSIGNMENT', '/core/ownerName'],
    ['a label in part', { label: first as never }, 'UNLABELLED', '/label/pi'],
    ['a label under its floors', { label: { ...LABELS.open, level: 'L3' } }, 'LABEL_FLOOR', '/label'],
    ['a field label under its floor', { fieldLabels: { 'core.contact': LABELS.open } }, 'LABEL_LOWERING', '/fieldLabels/core.contact'],
    ['a field label of no field', { fieldLabels: { 'core.nothing': LABELS.top } }, 'FIELD_UNKNOWN', '/fieldLabels/core.nothing'],
    ['no title', { core: { domains: ['healthcare'] } }, 'FIELD_MISSING', '/core/title'],
  ];
  it.each(cases)('%s', async (_what, body, code, pointer) => {
    const before = await counts();
    const problem = await refused(create(body));
    expect(problem.errors.map((issue) => [issue.code, issue.pointer])).toContainEqual([code, pointer]);
    expect(problem.errors.every((issue) => issue.remedy !== '')).toBe(true);
    expect([code, 'INPUT_INVALID']).toContain(problem.code);
    expect(await counts()).toEqual(before);
  });

  it('names the nearest field', async () => {
    const { errors } = await refused(create({ core: opportunity({ titel: 'x' }) }));
    expect(errors[0]!.remedy).toBe('是不是“title”？');
  });

  it('core data', async () => {
    expect(await refused(create({ label: LABELS.core }))).toMatchObject({ code: 'CORE', status: 403 });
  });

  it('an organisation that is not the caller’s, not here, or not active', async () => {
    const foreign = opportunity({ ownerUscc: ENTERPRISE });
    expect(await refused(create({ core: foreign }))).toMatchObject({ code: 'ROLE', status: 403 });
    expect(await refused(create({}, people.lead))).toMatchObject({ code: 'ROLE' });
    expect(await refused(create({}, anonymous))).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    const absent = sampleUscc('11', 99);
    const nobody = person('nobody', [`owner@org:${absent}`]);
    expect(await refused(create({ core: opportunity({ ownerUscc: absent }) }, nobody))).toMatchObject({
      code: 'ORGANISATION_UNKNOWN',
      status: 422,
    });
    const off = opportunity({ ownerUscc: SUSPENDED });
    expect(await refused(create({ core: off }, people.suspended))).toMatchObject({ code: 'SUBJECT_STATE', status: 403 });
  });

  it('a label from L4 up without clearance, step-up or training', async () => {
    const lacking = (more: object) => create({ label: LABELS.top }, person('owner', [`owner@org:${AGENCY}`], more));
    expect(await refused(lacking({ clearance: { level: 'L3', pi: 'spi', safety: 'ps' } }))).toMatchObject({ code: 'CLEARANCE' });
    expect(await refused(lacking({ steppedUp: false }))).toMatchObject({ code: 'STEP_UP' });
    expect(await refused(lacking({ trainingUntil: '2026-11-23' }))).toMatchObject({ code: 'TRAINING' });
    expect((await lacking({})).label).toEqual(LABELS.top);
  });
});

it('saves a draft whose rules cannot be asked, which then cannot advance', async () => {
  const core = opportunity({ domains: ['ecology'], scenarioTypes: ['ecology.01'] });
  const record = await draft(world, { core, attrs: { river: '捞刀河' } });
  expect(record).toMatchObject({ stage: 'draft', unchecked: true });
  const problem = await refused(world.as(people.owner).catalogue.records.advance({ id: record.id, rev: 1, verb: 'submit' }));
  expect(problem).toMatchObject({ code: 'RECORD_UNCHECKED', status: 409 });
});
