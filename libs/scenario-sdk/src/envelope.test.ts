import { describe, expect, it } from 'vitest';
import {
  Envelope,
  EnvelopeAttributes,
  EVENT_TYPES,
  factSubject,
  nodeSource,
  retractedType,
  sequenceText,
  upsertedType,
} from './envelope.ts';
import { PRESETS } from './label.ts';

const id = 'urn:xiangjing:430100:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015';
const factId = '01937c2e-5a10-7b44-9d1e-3f60a2c8e016';
const attributes = {
  specversion: '1.0',
  id: '01937c2e-5a10-7b44-9d1e-3f60a2c8e017',
  source: nodeSource('430100'),
  subject: id,
  time: '2026-11-24T08:59:42Z',
  datacontenttype: 'application/json',
  dataschema: 'urn:xiangjing:schema:healthcare:1',
  sequence: sequenceText(42),
  partitionkey: id,
  fedview: 'up',
  fedepoch: 1,
  fedversion: 3,
  fedpolicy: '1',
  fedprev: '',
  dataclassification: 'L1/-/-/U/oU',
};
const document = {
  id,
  kind: 'opportunity',
  rev: 3,
  stage: 'published',
  suspended: false,
  shape: 'full',
  core: { title: '示例' },
  attrs: {},
  schema: 0,
  descriptor: null,
  label: PRESETS.pub,
  labels: { 'core.title': PRESETS.pub },
  withheld: ['attrs.routes'],
};
const upserted = { ...attributes, type: upsertedType('opportunity'), data: document };
const retracted = { ...attributes, type: retractedType('opportunity'), data: { id, kind: 'opportunity', rev: 4, reason: 'withdrawn' } };
const open = {
  factId,
  type: 'scenario.published',
  rootId: id,
  sealed: false,
  occurredOn: '2026-11-24',
  scenarioKind: 'small-incision',
  domains: ['healthcare'],
  region: '430102',
};
const sealed = { ...open, rootId: '', sealed: true, scenarioKind: null, region: '' };
const fact = (data: object) => ({ ...attributes, type: 'fact.recorded.v1', subject: factSubject('430100', factId), data });

describe('Envelope', () => {
  it.each([
    ['an upserted record', upserted],
    ['a retracted one', retracted],
    ['an open fact', fact(open)],
    ['a sealed fact', fact(sealed)],
  ])('reads %s', (_what, event) => {
    expect(Envelope.safeParse(event).success).toBe(true);
  });
  it.each([
    ['another CloudEvents version', { ...upserted, specversion: '2.0' }],
    ['a source that is no node', { ...upserted, source: 'urn:xiangjing:110000' }],
    ['a short sequence', { ...upserted, sequence: '42' }],
    ['no view', { ...upserted, fedview: '' }],
    ['a type of another kind of data', { ...upserted, data: retracted.data }],
    ['a reason not in the list', { ...retracted, data: { ...retracted.data, reason: 'lost' } }],
    ['an unknown type', { ...upserted, type: 'directive.issued.v1' }],
    ['a document with a field it does not have', { ...upserted, data: { ...document, contact: 'x' } }],
    ['a path with half a label', { ...upserted, data: { ...document, labels: { 'core.title': { level: 'L1' } } } }],
    ['a sealed fact that names its root', fact({ ...sealed, rootId: id })],
    ['a sealed fact that names its region', fact({ ...sealed, region: '430100' })],
    ['an open fact without a root', fact({ ...open, rootId: '' })],
  ])('refuses %s', (_what, event) => expect(Envelope.safeParse(event).success).toBe(false));

  it('ignores an attribute it does not know, so that the wire can grow', () => {
    expect(Envelope.safeParse({ ...upserted, fedhint: 'x' }).success).toBe(true);
  });
  it('lets an event of an unknown type still be ordered and passed over', () => {
    const unknown = EnvelopeAttributes.parse({ ...upserted, type: 'directive.issued.v1' });
    expect(EVENT_TYPES).not.toContain(unknown.type);
    expect(EVENT_TYPES).toHaveLength(7);
  });
  it('writes sequence numbers that sort as text', () => {
    expect(sequenceText(7)).toBe('0000000000000000007');
    expect([sequenceText(10), sequenceText(9)].sort()).toEqual([sequenceText(9), sequenceText(10)]);
    expect(sequenceText(2n ** 63n - 1n)).toHaveLength(19);
  });
});
