import fc from 'fast-check';
import { AUDIENCE_OF_VIEW, projectDocument } from '@xiangjing/authorization';
import {
  AXES,
  floored,
  PRESETS,
  recordId,
  type Issue,
  type Label,
  type ProjectedDocument,
  type RecordDocument,
  type View,
} from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { testCore, testFields, uuidv7 } from '../testing/test-records.ts';
import { eventBytes, retractedEvent, upsertedEvent } from './event-bytes.ts';
import { guardEvent } from './guard.ts';

const fields = testFields('opportunity', 'low-altitude-economy');
const place = { origin: '430100', view: 'up' as View, epoch: 1, seq: 1, prev: '0'.repeat(64), time: new Date(0), traceparent: undefined };
const record = (more: Partial<RecordDocument> = {}): RecordDocument => ({
  id: recordId('430100', 'opportunity', uuidv7()),
  kind: 'opportunity',
  rev: 3,
  stage: 'published',
  suspended: false,
  schema: 1,
  label: PRESETS.pub,
  fieldLabels: {},
  core: {
    ...testCore('医疗物资无人机配送'),
    contact: { name: '某人', mobile: '13000000000' },
    internalNote: '内部',
  } as RecordDocument['core'],
  attrs: { payload: 5, routes: ['甲'] },
  ...more,
});
const guarded = (doc: ProjectedDocument, of: RecordDocument, view: View = 'up') =>
  guardEvent({ bytes: eventBytes(upsertedEvent(doc, 'low-altitude-economy'), { ...place, view }), view, record: of, fields });
const projected = (of: RecordDocument, view: View = 'up') => projectDocument(of, AUDIENCE_OF_VIEW[view], { fields, descriptor: null });

const label: fc.Arbitrary<Label> = fc
  .record({
    level: fc.constantFrom(...AXES.level),
    pi: fc.constantFrom(...AXES.pi),
    safety: fc.constantFrom(...AXES.safety),
    share: fc.constantFrom(...AXES.share),
    open: fc.constantFrom(...AXES.open),
  })
  .map(floored);

test('whatever the labels, what the projection makes passes the guard', () => {
  const checked: Issue[][] = [];
  const raised = fc.dictionary(fc.constantFrom('core.title', 'core.summary', 'core.region', 'attrs.payload'), label);
  fc.assert(
    fc.property(label, raised, fc.constantFrom<View>('up', 'peer', 'public'), (own, fieldLabels, view) => {
      const of = record({ label: own, fieldLabels });
      const doc = projected(of, view);
      if (doc) checked.push(guarded(doc, of, view));
    }),
    { numRuns: 500 },
  );
  expect(checked.length).toBeGreaterThan(50);
  expect(checked.flat()).toEqual([]);
});

const spoil = (change: (doc: ProjectedDocument) => void) => {
  const of = record();
  const doc = structuredClone(projected(of)!);
  change(doc);
  return guarded(doc, of).map((issue) => issue.code);
};
test('each kind of spoilt document is stopped', () => {
  expect(spoil(() => {})).toEqual([]);
  expect(spoil((doc) => (doc.attrs.routes = ['甲']))).toContain('UNLABELLED');
  expect(spoil((doc) => Object.assign(doc.attrs, { routes: 1 }) && (doc.labels['attrs.routes'] = PRESETS.pub))).toContain('LABEL_LOWERING');
  expect(spoil((doc) => (doc.core.unheardOf = 1))).toContain('GUARD_BLOCKED');
  expect(spoil((doc) => (doc.label = PRESETS.lim))).toContain('LABEL_LOWERING');
  expect(spoil((doc) => (doc.rev = 4))).toContain('GUARD_BLOCKED');
  expect(spoil((doc) => (doc.id = recordId('430100', 'opportunity', uuidv7())))).toContain('GUARD_BLOCKED');
  expect(spoil((doc) => Object.assign(doc, { extra: 1 }))).toEqual(['GUARD_BLOCKED']);
  expect(spoil((doc) => (doc.core.title = '长'.repeat(100_000)))).toEqual(['EVENT_TOO_LARGE']);
});

test('no message quotes a value', () => {
  const of = record();
  const doc = { ...projected(of)!, core: of.core, attrs: of.attrs };
  expect(JSON.stringify(guarded(doc, of))).not.toMatch(/某人|内部|甲/);
});

test('a retraction carries nothing to stop', () => {
  const of = record();
  const bytes = eventBytes(retractedEvent({ id: of.id, kind: of.kind, rev: 4, reason: 'withdrawn' }), place);
  expect(guardEvent({ bytes, view: 'up', record: of, fields })).toEqual([]);
});
