import { PRESETS, SEALED, type Label } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENCY, people } from '../testing/people.ts';
import { draft, LABELS, publishedRecord } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import type { RecordView } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const classify = (record: RecordView, label: Label, actor = people.steward, fieldLabels?: Record<string, Label>) =>
  world.as(actor).catalogue.records.classify({ id: record.id, rev: record.rev, label, ...(fieldLabels ? { fieldLabels } : {}) });

describe('classifyRecord', () => {
  it('lets the owner set the label once, if create gave none', async () => {
    const sealed = await draft(world, { label: null });
    expect(sealed.label).toEqual(SEALED);
    expect(await refused(classify(sealed, LABELS.open, people.steward))).toMatchObject({ code: 'ROLE' });
    const labelled = await classify(sealed, LABELS.open, people.owner);
    expect(labelled).toMatchObject({ classified: true, label: LABELS.open, rev: 2 });
    expect(await refused(classify(labelled, LABELS.business, people.owner))).toMatchObject({ code: 'ROLE', status: 403 });
  });

  it('asks of the owner that its organisation is active, as every step of an owner does', async () => {
    const sealed = await draft(world, { label: null });
    await world.sql(`update organisation set state = 'suspended' where uscc = $1`, [AGENCY]);
    const problem = await refused(classify(sealed, LABELS.open, people.owner));
    await world.sql(`update organisation set state = 'active' where uscc = $1`, [AGENCY]);
    expect(problem).toMatchObject({ code: 'SUBJECT_STATE', status: 403 });
    expect(await classify(sealed, LABELS.open, people.owner)).toMatchObject({ classified: true, rev: 2 });
  });

  it('lets the steward raise, and never lower', async () => {
    const record = await draft(world, { label: PRESETS.biz });
    expect(await refused(classify(record, LABELS.open))).toMatchObject({ code: 'LABEL_LOWERING', status: 422 });
    const raised = await classify(record, LABELS.limited);
    expect(raised).toMatchObject({ label: LABELS.limited, rev: 2 });
    const [row] = await world.sql('select label_version, level, joint_level from record where id = $1', [record.id]);
    expect(row).toEqual({ label_version: 2, level: 2, joint_level: 2 });
    const [audit] = await world.sql(
      `select obligations, label from audit where record_id = $1 and action = 'record.classify' and effect = 'allow'`,
      [record.id],
    );
    expect(audit).toMatchObject({
      label: 'L3/-/-/C/oN',
      obligations: expect.arrayContaining(['tombstone-replicas', 'labelVersion+1']) as string[],
    });
  });

  it('refuses a label under its floors and a label in part', async () => {
    const record = await draft(world, { label: PRESETS.pub });
    expect(await refused(classify(record, { ...LABELS.open, level: 'L4' }))).toMatchObject({ code: 'LABEL_FLOOR' });
    expect(await refused(classify(record, { level: 'L2' } as Label))).toMatchObject({
      code: 'UNLABELLED',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/label/open' })]) as object[],
    });
    expect(await refused(classify({ ...record, rev: 9 }, PRESETS.biz))).toMatchObject({ code: 'REV_CONFLICT' });
  });

  it('raises labels of single fields', async () => {
    const record = await publishedRecord(world);
    const raised = await classify(record, LABELS.open, people.steward, { 'core.problem': PRESETS.lim });
    expect(raised.rev).toBe(5);
    const shown = await world.as({ type: 'anonymous' }).catalogue.records.get({ id: record.id });
    expect(shown.core).not.toHaveProperty('problem');
    expect(await refused(classify(raised, LABELS.open, people.steward, { 'core.problem': PRESETS.biz }))).toMatchObject({
      code: 'LABEL_LOWERING',
    });
  });

  it('takes effect at once on what others see', async () => {
    const record = await publishedRecord(world);
    const outside = world.as({ type: 'anonymous' }).catalogue.records;
    expect((await outside.get({ id: record.id })).title).toBe(record.title);
    await classify(record, LABELS.top);
    expect(await refused(outside.get({ id: record.id }))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await outside.list({ q: record.id })).total).toBe(0);
  });
});
