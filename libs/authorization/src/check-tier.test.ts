import { PRESETS, raise, SEALED, View, type Label, type ProjectedDocument } from '@xiangjing/scenario-sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkEgress, checkTier } from './check-tier.ts';
import { effectiveLabel } from './labels.ts';
import { projectDocument } from './project.ts';
import { AUDIENCE_OF_VIEW } from './tier.ts';
import { anyRaised, canary, commonLabel, FIELDS, label, record } from './testing/index.ts';

const using = { fields: FIELDS, descriptor: null };
const sent = projectDocument(record(), 'province', using)!;
const codes = (doc: ProjectedDocument, view: View = 'up') => checkTier(doc, view, FIELDS).map((issue) => `${issue.pointer} ${issue.code}`);
const holding = (path: string, value: ProjectedDocument['core'][string], declared: Label | undefined): ProjectedDocument => {
  const [part, name] = path.split('.') as ['core' | 'attrs', string];
  const labels = { ...sent.labels };
  if (declared) labels[path] = declared;
  return { ...sent, [part]: { ...sent[part], [name]: value }, labels, withheld: sent.withheld.filter((other) => other !== path) };
};

test('every projection passes the check of its view, at the receiver and at the sender', () => {
  fc.assert(
    fc.property(commonLabel, anyRaised, fc.constantFrom(...View.options), (own, fieldLabels, view) => {
      const doc = record({ label: own, fieldLabels });
      const projected = projectDocument(doc, AUDIENCE_OF_VIEW[view], using);
      // a stored label satisfies its floors; a document with another one is refused as a whole
      if (!projected || checkTier(projected, view, FIELDS).some((issue) => issue.code === 'UNLABELLED')) return;
      expect(checkTier(projected, view, FIELDS)).toEqual([]);
      expect(checkEgress(projected, view, doc, FIELDS)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

/** Everything, as it is, under honest labels: what a projection that forgets to project would send. */
function identity(doc: ReturnType<typeof record>, lie?: Label): ProjectedDocument {
  const paths = [...Object.keys(doc.core).map((name) => `core.${name}`), ...Object.keys(doc.attrs).map((name) => `attrs.${name}`)];
  const labels = Object.fromEntries(paths.map((path) => [path, lie ?? effectiveLabel(doc, path, FIELDS)]));
  const { fieldLabels: _, ...rest } = doc;
  return { ...rest, shape: 'full', descriptor: null, labels, withheld: [] };
}

test.each<[string, View, string[]]>([
  ['L1/-/-/U/oU', 'up', ['/core/contact', '/core/internalNote', '/attrs/routes', '/attrs/hangars', '/attrs/patients', '/attrs/accuracy']],
  ['L1/-/-/U/oU', 'public', ['/attrs/price', '/attrs/routes']],
  ['L2/-/-/U/oC', 'peer', ['/attrs/dispatchContact', '/attrs/routes']],
  ['L3/-/-/C/oN', 'up', ['/core/problem', '/core/publicTitle', '/attrs/airspaceUse', '/shape', '/core/roleContact']],
  ['L4/-/-/N/oN', 'up', ['/core/title', '/shape']],
  ['L3/-/-/C/oN', 'peer', ['/label']],
  ['IMP/-/-/C/oN', 'up', ['/label']],
])('an identity projection of a record of %s is caught in %s', (text, view, pointers) => {
  const doc = record({ label: label(text) });
  expect(checkTier(identity(doc), view, FIELDS).map((issue) => issue.pointer)).toEqual(expect.arrayContaining(pointers));
  const lying = checkTier(identity(doc, doc.label), view, FIELDS).map((issue) => issue.pointer);
  expect(lying).toEqual(expect.arrayContaining(pointers));
});

test('a field that the author raised and the document declares low is caught by the sender, who has the record', () => {
  const doc = record({ fieldLabels: { 'core.problem': PRESETS.top } });
  const lying = { ...sent, labels: { ...sent.labels, 'core.problem': PRESETS.pub } };
  expect(checkTier(lying, 'up', FIELDS)).toEqual([]);
  expect(checkEgress(lying, 'up', doc, FIELDS).map((issue) => issue.pointer)).toEqual(['/core/problem']);
});

test('the real title of an L3 record is caught by the sender', () => {
  const doc = record({ label: PRESETS.lim });
  const projected = projectDocument(doc, 'province', using)!;
  const leaking = { ...projected, core: { ...projected.core, title: canary('core.title') } };
  expect(checkEgress(leaking, 'up', doc, FIELDS).map((issue) => issue.pointer)).toEqual(['/core/title']);
});

test('each fault has its place and code', () => {
  expect(codes(holding('attrs.droneCount', 4, undefined))).toEqual(['/attrs/droneCount UNLABELLED']);
  expect(codes(holding('attrs.droneCount', 4, PRESETS.lim))).toEqual(['/attrs/droneCount TIER_EXCEEDED']);
  expect(codes(holding('attrs.droneCount', 4, PRESETS.biz))).toEqual([]);
  expect(codes(holding('attrs.routes', [], PRESETS.pub))).toEqual(['/attrs/routes TIER_EXCEEDED']);
  expect(codes(holding('core.contact', {}, PRESETS.pub))).toEqual(['/core/contact TIER_EXCEEDED']);
  expect(codes(holding('attrs.price', 1, raise(PRESETS.biz, { pi: 'pi' })))).toEqual(['/attrs/price TIER_EXCEEDED']);
  expect(codes({ ...sent, withheld: ['core.title'] })).toEqual(['/withheld TIER_EXCEEDED']);
  expect(codes({ ...sent, withheld: ['航线经过某某'] })).toEqual(['/withheld TIER_EXCEEDED']);
  expect(codes({ ...sent, label: { ...PRESETS.pub, level: 'L0' } as unknown as Label })).toEqual(['/label UNLABELLED']);
  expect(codes({ ...sent, label: { ...PRESETS.pub, pi: 'spi' } })).toEqual(['/label UNLABELLED']);
  expect(codes({ ...sent, label: SEALED }).length).toBeGreaterThan(1);
  expect(codes(sent, 'group.czt' as View)).toEqual([' TIER_EXCEEDED']);
  const listed = projectDocument(record({ label: PRESETS.lim }), 'province', using)!;
  const phone = { ...listed, core: { ...listed.core, roleContact: { mailbox: 'office@example.cn', phone: '0731-88880000' } } };
  expect(codes(phone)).toEqual(['/core/roleContact TIER_EXCEEDED']);
});

test('every issue says what to do', () => {
  for (const issue of checkTier(identity(record()), 'up', FIELDS))
    expect([issue.message, issue.remedy].every((text) => text.length > 5)).toBe(true);
});
