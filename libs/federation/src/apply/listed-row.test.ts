import { narrowDocument, projectDocument, type Audience } from '@xiangjing/authorization';
import { PRESETS, recordId, type Label, type RecordDocument } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { L2, L3, L4, testCore, testFields, uuidv7 } from '../testing/test-records.ts';
import { listedRowOf } from './listed-row.ts';

const fields = testFields('opportunity', 'low-altitude-economy');
const dates = { firstPublishedOn: '2026-11-24', changedAt: new Date(0), receivedAt: new Date(0) };
function rowOf(label: Label, core: Record<string, unknown> = {}, audience: Audience = 'province') {
  const record: RecordDocument = {
    id: recordId('430100', 'opportunity', uuidv7()),
    kind: 'opportunity',
    rev: 3,
    stage: 'published',
    suspended: false,
    schema: 1,
    fieldLabels: {},
    core: { ...testCore('原名一则'), ownerName: '示例单位', ...core } as RecordDocument['core'],
    attrs: { payload: 5 },
    label,
  };
  const doc = projectDocument(record, audience, { fields, descriptor: null })!;
  return { row: listedRowOf(doc, { origin: '430100', fields, ...dates }), doc };
}

test('an open record is listed whole, for everybody', () => {
  expect(rowOf(PRESETS.pub).row).toMatchObject({
    title: '原名一则',
    outsideTitle: '原名一则',
    domain: 'low-altitude-economy',
    region: '430100',
    shape: 'full',
    level: 0,
    viewed: true,
    responseDeadline: '2027-06-30',
    validUntil: '2027-12-31',
    ownerName: '示例单位',
    firstPublishedOn: '2026-11-24',
  });
});

test('from L3 the title is the one for outside, and a stub has none', () => {
  expect(rowOf(L3, { publicTitle: '对外名称' }).row).toMatchObject({
    title: '对外名称',
    outsideTitle: '对外名称',
    summary: '',
    shape: 'listed',
    level: 2,
  });
  expect(rowOf(L4).row).toMatchObject({ title: '', outsideTitle: '', shape: 'stub', domain: 'low-altitude-economy', region: '' });
});

test('the outside text is that of the narrowest audience which has the record', () => {
  const { row, doc } = rowOf(L2);
  expect(row.outsideTitle).toBe(narrowDocument(doc, 'public', fields)!.core.title);
});

test('a date that is none stays a text in the document and is no date in the list', () => {
  expect(rowOf(PRESETS.pub, { validUntil: 'tomorrow', responseDeadline: 5 }).row).toMatchObject({
    validUntil: null,
    responseDeadline: null,
  });
});
