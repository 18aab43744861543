import { atLeast, floored, isFloored, join, PRESETS, raise, SEALED } from '@xiangjing/scenario-sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf, effectiveLabel, fieldLabel, isWholeLabel, jointLabel, receivedJoint, TOP } from './labels.ts';
import { projectDocument } from './project.ts';
import { anyLabel, FIELDS, label, record } from './testing/index.ts';

const raisedLabels = fc.dictionary(fc.constantFrom(...FIELDS.keys()), anyLabel, { maxKeys: 4 });

test('join is a semilattice and floors are idempotent', () => {
  fc.assert(
    fc.property(anyLabel, anyLabel, anyLabel, (a, b, c) => {
      expect(join(a, b)).toEqual(join(b, a));
      expect(join(a, join(b, c))).toEqual(join(join(a, b), c));
      expect(join(a, a)).toEqual(floored(a));
      expect(floored(floored(a))).toEqual(floored(a));
      expect(isFloored(join(a, b)) && atLeast(join(a, b), a)).toBe(true);
    }),
  );
});

test('joint ≥ each effective ≥ its parts', () => {
  fc.assert(
    fc.property(anyLabel, raisedLabels, (own, fieldLabels) => {
      const doc = record({ label: own, fieldLabels });
      const joint = jointLabel(doc, FIELDS);
      for (const [path, entry] of FIELDS) {
        const effective = effectiveLabel(doc, path, FIELDS);
        expect(atLeast(joint, effective)).toBe(true);
        for (const part of [own, entry.label, fieldLabels[path] ?? entry.label]) expect(atLeast(effective, part)).toBe(true);
      }
    }),
  );
});

test('the joint label counts fields that hold something, and a field that no schema knows as sealed', () => {
  const { ownerUscc, domains } = record().core as { ownerUscc: string; domains: string[] };
  const plain = record({ core: { ownerUscc, domains, internalNote: '', contact: null }, attrs: { price: [] } });
  expect(jointLabel(plain, FIELDS)).toEqual(PRESETS.pub);
  expect(jointLabel({ ...plain, attrs: { price: '3' } }, FIELDS)).toEqual(PRESETS.biz);
  expect(jointLabel({ ...plain, core: { ...plain.core, internalNote: '内部' } }, FIELDS)).toEqual(PRESETS.lim);
  expect(jointLabel({ ...plain, attrs: { unheardOf: 1 } }, FIELDS)).toEqual(SEALED);
});

test('the name of a sole trader is personal', () => {
  const trader = record({ core: { ...record().core, ownerUscc: '92999900MA0X00004T' } });
  expect(fieldLabel(trader, 'core.ownerName', FIELDS)).toEqual(raise(PRESETS.biz, { pi: 'pi' }));
  expect(fieldLabel(record(), 'core.ownerName', FIELDS)).toEqual(PRESETS.pub);
});

test('a damaged label counts as top, and only a whole one is one', () => {
  const damaged = { ...PRESETS.pub, level: 'L0' } as unknown as typeof TOP;
  expect(effectiveLabel(record({ label: damaged }), 'core.title', FIELDS)).toEqual(TOP);
  expect(effectiveLabel(record({ fieldLabels: { 'core.title': damaged } }), 'core.title', FIELDS)).toEqual(TOP);
  for (const broken of [null, undefined, {}, 'L1', damaged, { level: 'L1' }, Object.create(PRESETS.pub)])
    expect(isWholeLabel(broken)).toBe(false);
  expect(isWholeLabel(PRESETS.pub)).toBe(true);
});

test('public safety and sensitive personal data stand with L4', () => {
  const bands = ['L1/-/-/U/oU', 'L2/pi/-/C/oC', 'L3/pi/-/C/oN', 'L3/-/ps/U/oN', 'L4/spi/-/C/oN', 'IMP/spi/ps/N/oN', 'CORE/-/-/C/oN'];
  expect(bands.map((text) => bandOf(label(text)))).toEqual(['L1', 'L2', 'L3', 'L4', 'L4', 'IMP', 'CORE']);
});

test('the joint label of a document received is that of the paths it holds', () => {
  const sent = projectDocument(record(), 'province', { fields: FIELDS, descriptor: null })!;
  expect(receivedJoint(sent)).toEqual(PRESETS.biz);
  expect(receivedJoint({ ...sent, labels: {} }).level).toBe('CORE');
});
