import { PRESETS, type JsonObject } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENCY, people, STRANGER } from '../testing/people.ts';
import { testPlugin, testPluginNext } from '../testing/plugin.ts';
import { draft, LABELS, opportunity, publishedRecord, reason } from '../testing/samples.ts';
import { createWorld, hostOf, refused, type World } from '../testing/world.ts';
import type { EditRecordInput, RecordView } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const edit = (record: RecordView, change: Partial<EditRecordInput> & Record<string, unknown>, actor = people.owner) =>
  world.as(actor).catalogue.records.edit({ id: record.id, rev: record.rev, ...change });
const flight: JsonObject = { domains: ['low-altitude-economy'], scenarioTypes: ['low-altitude-economy.01'] };

describe('editRecord', () => {
  it('changes the fields given, clears by null, and keeps the rest', async () => {
    const record = await draft(world, { core: flight, attrs: { windLevel: 8, budget: 100 } });
    const edited = await edit(record, { core: { title: '无人机巡检电力廊道', desirable: null }, attrs: { budget: null } });
    expect(edited).toMatchObject({ rev: 2, title: '无人机巡检电力廊道', attrs: { windLevel: 8 } });
    expect(edited.core).not.toHaveProperty('desirable');
    expect(edited.attrs).not.toHaveProperty('budget');
    expect(edited.core.problem).toBe(record.core.problem);
    const [revision] = await world.sql('select verb, changed from record_revision where record_id = $1 and rev = 2', [record.id]);
    expect(revision).toEqual({
      verb: 'edit',
      changed: expect.arrayContaining(['core.title', 'core.desirable', 'attrs.budget']) as string[],
    });
  });

  it('takes the fields of a form back unchanged, owner included, and a masked value as unchanged', async () => {
    const record = await draft(world);
    const same = await edit(record, { core: { ...(record.core as JsonObject), contact: { name: '***', mobile: '***', mail: '***' } } });
    expect(same.core.contact).toEqual(record.core.contact);
    const [revision] = await world.sql('select changed from record_revision where record_id = $1 and rev = 2', [record.id]);
    expect(revision!.changed).toEqual([]);
  });

  it('refuses a value that is half masked and half changed, and stores nothing of the edit', async () => {
    const record = await draft(world);
    const half: [JsonObject, string[]][] = [
      [{ contact: { name: '张示例', mobile: '***', mail: '***' } }, ['/core/contact/mobile', '/core/contact/mail']],
      [{ contact: { name: '***', mobile: '***' } }, ['/core/contact/name', '/core/contact/mobile']],
      [{ desirable: ['***'] }, ['/core/desirable/0']],
      [{ place: '***' }, ['/core/place']],
    ];
    for (const [core, pointers] of half) {
      const problem = await refused(edit(record, { core: { summary: '这份摘要也不该写进去。', ...core } }));
      expect(problem, JSON.stringify(core)).toMatchObject({ code: 'VALUE_MASKED', status: 422 });
      expect(problem.errors.map(({ pointer }) => pointer)).toEqual(pointers);
      expect(problem.errors[0]!.remedy).not.toBe('');
    }
    expect(await world.sql('select rev from record where id = $1', [record.id])).toEqual([{ rev: '1' }]);
  });

  it('drops the attributes of a domain that is left', async () => {
    const record = await draft(world, {
      core: flight,
      attrs: { windLevel: 8 },
      fieldLabels: { 'attrs.windLevel': PRESETS.biz, 'core.title': PRESETS.biz },
    });
    const moved = await edit(record, { core: { domains: ['healthcare'], scenarioTypes: ['healthcare.01'] } });
    expect(moved.attrs).toEqual({});
    const [row] = await world.sql('select attrs, attrs_schema, field_labels from record where id = $1', [record.id]);
    expect(row).toEqual({ attrs: {}, attrs_schema: 0, field_labels: { 'core.title': PRESETS.biz } });
  });

  it('amends a published record, which stays whole', async () => {
    const record = await publishedRecord(world);
    const amended = await edit(record, { core: { summary: '把漏点定位缩短到三小时，少开挖。' } });
    expect(amended).toMatchObject({ stage: 'published', rev: 5, firstPublishedOn: '2026-11-24' });
    expect(await world.sql(`select event from intent where record_id = $1 order by seq desc limit 1`, [record.id])).toEqual([
      { event: 'record.amended' },
    ]);
    const problem = await refused(edit(amended, { core: { roleContact: null } }));
    expect(problem).toMatchObject({ code: 'FIELD_MISSING', errors: [{ pointer: '/core/roleContact' }] });
  });

  it('freezes the scenario kind at first publication', async () => {
    const record = await publishedRecord(world);
    expect(await refused(edit(record, { core: { scenarioKind: 'industry-integrated' } }))).toMatchObject({
      code: 'KIND_FROZEN',
      status: 422,
    });
    const records = world.as(people.owner).catalogue.records;
    const withdrawn = await records.withdraw({ id: record.id, rev: record.rev, reasons: [reason] });
    const reopened = await records.advance({ id: record.id, rev: withdrawn.rev, verb: 'reopen' });
    expect(reopened).toMatchObject({ stage: 'draft', firstPublishedOn: '2026-11-24' });
    expect(await refused(edit(reopened, { core: { scenarioKind: 'industry-integrated' } }))).toMatchObject({ code: 'KIND_FROZEN' });
    const fresh = await draft(world);
    expect((await edit(fresh, { core: { scenarioKind: 'industry-integrated' } })).core.scenarioKind).toBe('industry-integrated');
  });
});

describe('what editRecord refuses', () => {
  it('keys that are set elsewhere, and unknown ones', async () => {
    const record = await draft(world);
    const cases: [Record<string, unknown>, string][] = [
      [{ label: LABELS.open }, 'MASS_ASSIGNMENT'],
      [{ fieldLabels: {} }, 'MASS_ASSIGNMENT'],
      [{ level: 'L1' }, 'MASS_ASSIGNMENT'],
      [{ stage: 'published' }, 'MASS_ASSIGNMENT'],
      [{ core: { open: 'oU' } }, 'MASS_ASSIGNMENT'],
      [{ core: { ownerUscc: STRANGER } }, 'MASS_ASSIGNMENT'],
      [{ core: { ownerName: '别的单位' } }, 'MASS_ASSIGNMENT'],
      [{ core: { sumary: 'x' } }, 'FIELD_UNKNOWN'],
      [{ core: { domains: null } }, 'FIELD_MISSING'],
      [{ core: { region: '430200' } }, 'REGION_UNKNOWN'],
      [{ core: { plannedTo: '2020-01-01' } }, 'INPUT_INVALID'],
    ];
    for (const [change, code] of cases)
      expect(await refused(edit(record, change)), JSON.stringify(change)).toMatchObject({ code, status: 422 });
    const [row] = await world.sql('select rev, owner_uscc from record where id = $1', [record.id]);
    expect(row).toEqual({ rev: '1', owner_uscc: AGENCY });
  });

  it('a revision that is not the present one, naming that', async () => {
    const record = await draft(world);
    const edited = await edit(record, { core: { title: '一个新的名称' } });
    const problem = await refused(edit(record, { core: { title: '又一个新名称' } }));
    expect(problem).toMatchObject({ code: 'REV_CONFLICT', status: 409, details: { rev: edited.rev }, errors: [{ pointer: '/rev' }] });
  });

  it('anybody but the owner', async () => {
    const record = await publishedRecord(world);
    for (const actor of [people.stranger, people.enterprise, people.lead, people.coordinator])
      expect(await refused(edit(record, { core: { title: '不该写进去的名称' } }, actor))).toMatchObject({ code: 'ROLE' });
  });
});

it('of two that edit the same revision at once, one wins', async () => {
  const record = await draft(world);
  const titles = ['第一个人改的名称', '第二个人改的名称', '第三个人改的名称', '第四个人改的名称'];
  const answers = await world.race(
    record.id,
    titles.map((title) => () => edit(record, { core: { title } })),
  );
  const won = answers.filter((answer) => answer.status === 'fulfilled');
  expect(won).toHaveLength(1);
  const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [refused(Promise.reject(answer.reason as Error))] : []));
  for (const problem of await Promise.all(lost)) expect(problem).toMatchObject({ code: 'REV_CONFLICT', details: { rev: 2 } });
  expect(await world.sql('select from record_revision where record_id = $1', [record.id])).toHaveLength(2);
});

it('on an older schema, keeps the attributes that it does not know', async () => {
  const next = await hostOf([testPluginNext], world.clock);
  const older = await hostOf([testPlugin], world.clock);
  const at = (plugins: typeof next) => world.as(people.owner, { plugins }).catalogue.records;
  const made = await at(next).create({
    kind: 'opportunity',
    core: opportunity(flight),
    attrs: { windLevel: 8, payloadKg: 12.5 },
    label: LABELS.open,
    fieldLabels: { 'attrs.payloadKg': PRESETS.biz },
  });
  expect(made).toMatchObject({ schema: 2, attrs: { payloadKg: 12.5 } });
  const edited = await at(older).edit({ id: made.id, rev: 1, attrs: { windLevel: 9 } });
  expect(edited).toMatchObject({ schema: 2, attrs: { windLevel: 9 } });
  expect(edited.attrs).not.toHaveProperty('payloadKg'); // kept, not shown
  const [row] = await world.sql('select attrs, attrs_schema, field_labels, joint_level from record where id = $1', [made.id]);
  const kept = { 'attrs.windLevel': PRESETS.pub, 'attrs.payloadKg': PRESETS.biz };
  expect(row).toEqual({ attrs: { windLevel: 9, payloadKg: 12.5 }, attrs_schema: 2, field_labels: kept, joint_level: 1 });
  expect(await refused(at(older).edit({ id: made.id, rev: 2, attrs: { payloadKg: 1 } }))).toMatchObject({ code: 'ATTRIBUTE_INVALID' });
  const back = await at(next).get({ id: made.id });
  expect(back).toMatchObject({ attrs: { windLevel: 9, payloadKg: 12.5 }, labels: { 'attrs.payloadKg': PRESETS.biz } });
});
