import { atLeast, PRESETS, raise, type Json, type ProjectedDocument } from '@xiangjing/scenario-sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveLabel } from './labels.ts';
import { narrowDocument } from './narrow.ts';
import { projectDocument } from './project.ts';
import { AUDIENCES, type Audience } from './tier.ts';
import { anyRaised, canary, commonLabel, FIELDS, label, record } from './testing/index.ts';

const using = { fields: FIELDS, descriptor: 'sha-256:abc' };
const shapes = (text: string) =>
  AUDIENCES.map((audience) => projectDocument(record({ label: label(text) }), audience, using)?.shape ?? null);

test.each<[string, (ProjectedDocument['shape'] | null)[]]>([
  // own label          province  city    enterprise  public
  ['L1/-/-/U/oU', ['full', 'full', 'full', 'full']],
  ['L2/-/-/U/oC', ['full', 'full', 'full', 'summary']],
  ['L2/-/-/C/oC', ['full', 'full', 'full', 'summary']],
  ['L2/-/-/U/oN', ['full', 'full', null, null]],
  ['L2/pi/-/U/oC', ['stub', null, null, null]],
  ['L3/-/-/C/oN', ['listed', null, null, null]],
  ['L3/-/ps/C/oN', ['stub', null, null, null]],
  ['L4/-/-/N/oN', ['stub', null, null, null]],
  ['L4/spi/-/N/oN', ['stub', null, null, null]],
  ['IMP/-/-/C/oN', [null, null, null, null]],
  ['CORE/-/-/C/oN', [null, null, null, null]],
])('the own label %s chooses %j for province, city, enterprise and public', (text, expected) => {
  expect(shapes(text)).toEqual(expected);
});

describe('a record of L1', () => {
  const sent = projectDocument(record(), 'province', using)!;
  test('goes without the fields above its view, and names them, with a value or without', () => {
    expect(sent.core.title).toBe(canary('core.title'));
    expect(Object.keys(sent.attrs)).toEqual(['airspaceUse', 'price']);
    const missing = [
      'attrs.accuracy',
      'attrs.dispatchContact',
      'attrs.hangars',
      'attrs.patients',
      'attrs.routes',
      'core.contact',
      'core.internalNote',
    ];
    expect(sent.withheld).toEqual(expect.arrayContaining(missing));
    const empty = projectDocument(record({ core: {}, attrs: {} }), 'province', using)!;
    expect(empty.withheld).toEqual(sent.withheld);
  });
  test('carries one label per path and the descriptor', () => {
    const paths = [...Object.keys(sent.core).map((name) => `core.${name}`), ...Object.keys(sent.attrs).map((name) => `attrs.${name}`)];
    expect(Object.keys(sent.labels).sort()).toEqual(paths.sort());
    expect(sent.labels['attrs.price']).toEqual(PRESETS.biz);
    expect(sent.descriptor).toBe('sha-256:abc');
  });
  test('gives an enterprise open fields, and the public what is open to all', () => {
    expect(Object.keys(projectDocument(record(), 'enterprise', using)!.attrs)).toEqual(['airspaceUse', 'price']);
    expect(Object.keys(projectDocument(record(), 'public', using)!.attrs)).toEqual(['airspaceUse']);
  });
  test('of a sole trader goes without the name', () => {
    const trader = record({ core: { ...record().core, ownerUscc: '92999900MA0X00004T' } });
    for (const audience of AUDIENCES) expect(projectDocument(trader, audience, using)!.core.ownerName).toBeUndefined();
  });
});

describe('a record of L3', () => {
  const lim = record({ label: PRESETS.lim });
  test('is listed metadata: the outside title, domains, owner unit, role mailbox', () => {
    const sent = projectDocument(lim, 'province', using)!;
    expect(sent.core).toEqual({
      title: canary('core.publicTitle'),
      domains: ['healthcare'],
      ownerUscc: lim.core.ownerUscc,
      ownerName: canary('core.ownerName'),
      responsibleUnit: canary('core.responsibleUnit'),
      roleContact: { mailbox: 'office@example.cn' },
    });
    expect([sent.attrs, sent.descriptor]).toEqual([{}, null]);
  });
  test.each([undefined, '', '   ', 7])('is a stub without an outside title (%j)', (publicTitle) => {
    const core = { ...lim.core, publicTitle: publicTitle as Json };
    const sent = projectDocument({ ...lim, core }, 'province', using)!;
    expect([sent.shape, Object.keys(sent.core).sort()]).toEqual(['stub', ['domains', 'ownerName', 'ownerUscc']]);
    expect(JSON.stringify(sent)).not.toContain(canary('core.title'));
  });
});

test('a title raised to L3 is replaced by the outside title, or left out', () => {
  const doc = record({ fieldLabels: { 'core.title': PRESETS.lim } });
  expect(projectDocument(doc, 'province', using)!.core.title).toBe(canary('core.publicTitle'));
  expect(projectDocument(doc, 'public', using)!.core.title).toBeUndefined();
});

test('the public sees title and summary of an open L2 record', () => {
  const sent = projectDocument(record({ label: PRESETS.biz }), 'public', using)!;
  expect([Object.keys(sent.core).sort(), sent.attrs, sent.descriptor]).toEqual([['summary', 'title'], {}, null]);
});

test('a contact raised to public stays at home: personal data never leave, whatever their label', () => {
  const personal = new Map(FIELDS).set('core.contact', { ...FIELDS.get('core.contact')!, label: PRESETS.pub });
  for (const audience of AUDIENCES)
    expect(projectDocument(record(), audience, { ...using, fields: personal })!.core.contact).toBeUndefined();
});

test('an unlabelled record and an unknown audience get nothing', () => {
  const damaged = { ...PRESETS.pub, open: undefined } as unknown as typeof PRESETS.pub;
  for (const audience of AUDIENCES) expect(projectDocument(record({ label: damaged }), audience, using)).toBeNull();
  expect(projectDocument(record(), 'webhook' as Audience, using)).toBeNull();
});

/** The egress table in words of its own: what a path under this label needs to be in a document for this audience. */
function isAboveTier(audience: Audience, path: string, effective: ReturnType<typeof effectiveLabel>): boolean {
  const { level, pi, safety, open } = effective;
  if (level === 'IMP' || level === 'CORE') return true;
  const directory = ['core.domains', 'core.ownerUscc', 'core.ownerName'];
  const high = level === 'L4' || safety === 'ps' || pi === 'spi' || pi === 'pi';
  if (high) return audience !== 'province' || !directory.includes(path);
  if (level === 'L3')
    return audience !== 'province' || ![...directory, 'core.publicTitle', 'core.responsibleUnit', 'core.roleContact'].includes(path);
  if (level === 'L2')
    return audience === 'enterprise'
      ? open === 'oN'
      : audience === 'public' && (open === 'oN' || !['core.title', 'core.summary'].includes(path));
  return false;
}

test('no canary above its tier survives a projection, whatever the labels', () => {
  fc.assert(
    fc.property(commonLabel, anyRaised, fc.constantFrom(...AUDIENCES), (own, fieldLabels, audience) => {
      const doc = record({ label: own, fieldLabels });
      const text = JSON.stringify(projectDocument(doc, audience, using));
      const leaked = [...FIELDS].filter(([path, entry]) => {
        const effective = effectiveLabel(doc, path, FIELDS);
        const hidden = path === 'core.roleContact' && atLeast(effective, PRESETS.lim) ? canary('core.roleContact.phone') : canary(path);
        const isAbove = entry.personal || isAboveTier(audience, path, effective) || hidden !== canary(path);
        return isAbove && text.includes(hidden);
      });
      expect(leaked).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test('an identity “projection” leaks what the same property looks for', () => {
  const text = JSON.stringify({ ...record(), shape: 'full' });
  const leaked = [...FIELDS].filter(
    ([path]) => isAboveTier('province', path, effectiveLabel(record(), path, FIELDS)) && text.includes(canary(path)),
  );
  expect(leaked.map(([path]) => path)).toEqual(
    expect.arrayContaining(['core.contact', 'core.internalNote', 'attrs.routes', 'attrs.hangars']),
  );
});

test('projecting again changes nothing, and keys that no schema knows never survive', () => {
  const junk = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 5 });
  fc.assert(
    fc.property(commonLabel, anyRaised, junk, junk, fc.constantFrom(...AUDIENCES), (own, fieldLabels, coreJunk, attrsJunk, audience) => {
      const base = record();
      const doc = record({ label: own, fieldLabels, core: { ...coreJunk, ...base.core }, attrs: { ...attrsJunk, ...base.attrs } });
      const once = projectDocument(doc, audience, using);
      if (!once) return;
      expect(narrowDocument(once, audience, FIELDS)).toEqual(once);
      for (const part of ['core', 'attrs'] as const)
        for (const name of Object.keys(once[part])) expect(FIELDS.has(`${part}.${name}`)).toBe(true);
      expect(once.withheld.every((path) => FIELDS.has(path))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('what the province passes on is what the home node would have given', () => {
  fc.assert(
    fc.property(commonLabel, anyRaised, fc.constantFrom<Audience>('city', 'enterprise', 'public'), (own, fieldLabels, audience) => {
      const doc = record({ label: own, fieldLabels });
      const direct = projectDocument(doc, audience, using);
      const received = projectDocument(doc, 'province', using);
      const passedOn = received && narrowDocument(received, audience, FIELDS);
      expect(passedOn && { core: passedOn.core, attrs: passedOn.attrs, shape: passedOn.shape }).toEqual(
        direct && { core: direct.core, attrs: direct.attrs, shape: direct.shape },
      );
    }),
    { numRuns: 2_000 },
  );
});

test('a received path that this node’s schema does not know, or that carries no label, is not shown', () => {
  const sent = projectDocument(record(), 'province', using)!;
  const newer = { ...sent, attrs: { ...sent.attrs, droneCount: 4 }, labels: { ...sent.labels, 'attrs.droneCount': PRESETS.pub } };
  expect(narrowDocument(newer, 'province', FIELDS)!.attrs).toEqual(sent.attrs);
  const { 'attrs.price': _, ...labels } = sent.labels;
  expect(narrowDocument({ ...sent, labels }, 'province', FIELDS)!.attrs).toEqual({ airspaceUse: canary('attrs.airspaceUse') });
});

test('a label that this node’s schema raises is kept to, though the sender knew a lower one', () => {
  const sent = projectDocument(record(), 'province', using)!;
  const raisedHere = new Map(FIELDS).set('attrs.price', { ...FIELDS.get('attrs.price')!, label: raise(PRESETS.lim, { safety: 'ps' }) });
  const shown = narrowDocument(sent, 'province', raisedHere)!;
  expect(shown.attrs.price).toBeUndefined();
  expect(shown.withheld).toContain('attrs.price');
});
