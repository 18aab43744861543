import { PRESETS, raise } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { maskDocument, MASKED } from './mask.ts';
import { canary, FIELDS, record } from './testing/index.ts';

const contact = { name: '李示例', mobile: '13800000000', times: [1, 2], mail: null };
const doc = record({ core: { ...record().core, contact } });

test('personal fields keep their shape and lose their values', () => {
  const { core, attrs, masked } = maskDocument(doc, 'personal', FIELDS);
  expect(core.contact).toEqual({ name: MASKED, mobile: MASKED, times: [null, null], mail: null });
  expect([attrs.dispatchContact, attrs.patients]).toEqual([MASKED, MASKED]);
  expect([core.title, attrs.price]).toEqual([canary('core.title'), canary('attrs.price')]);
  expect(masked).toEqual(expect.arrayContaining(['core.contact', 'attrs.dispatchContact', 'attrs.patients']));
  expect(doc.core.contact).toEqual(contact);
});

test('the owner department has sensitive ones hidden only, and nothing once there is a reason', () => {
  expect(maskDocument(doc, 'special', FIELDS).masked).toEqual(['attrs.patients']);
  expect(maskDocument(doc, 'none', FIELDS)).toEqual({ core: doc.core, attrs: doc.attrs, masked: [] });
});

test('what the author raised to personal is hidden, and so is what no schema knows', () => {
  const raised = { ...doc, fieldLabels: { 'core.place': raise(PRESETS.biz, { pi: 'pi' }) }, attrs: { unheardOf: '李示例' } };
  const { core, attrs } = maskDocument(raised, 'personal', FIELDS);
  expect([core.place, attrs.unheardOf]).toEqual([MASKED, MASKED]);
});
