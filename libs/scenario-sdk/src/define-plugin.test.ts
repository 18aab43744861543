import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { choice } from './choice.ts';
import { definePlugin } from './define-plugin.ts';
import { descriptorOf } from './describe-plugin.ts';
import { DescriptorShape, wirePart } from './descriptor.ts';
import { DomainError } from './errors.ts';
import { fieldDirectory } from './field-directory.ts';
import { PRESETS, raise } from './label.ts';
import { CONTRACT, type PluginSpec, type Shapes } from './plugin.ts';

const opportunity = z.object({ beds: z.number().int().optional(), grade: choice({ a: '甲|A', b: '乙|B' }).optional() });
const spec = {
  domain: 'healthcare' as const,
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: { opportunity },
    labels: { beds: PRESETS.pub, grade: PRESETS.lim },
    text: { beds: { zh: '床位数', en: 'Beds', unit: '张' }, grade: { zh: '等级', en: 'Grade' } },
  },
  ui: { groups: [{ zh: '一', en: 'One', fields: ['grade', 'beds'] as ('grade' | 'beds')[] }], facets: ['grade'] as const },
};
const schema = (more: object) => ({ schema: { ...spec.schema, ...more } });
const define = (more: object) => definePlugin({ ...spec, ...more } as unknown as PluginSpec<Shapes, never>);

describe('definePlugin', () => {
  it('gives back what it was given, frozen', () => expect(Object.isFrozen(define({}))).toBe(true));

  it.each([
    ['an unknown domain', { domain: 'aviation' }, 'MANIFEST_INVALID'],
    ['a contract before this one', { contract: CONTRACT - 1 }, 'CONTRACT_TOO_OLD'],
    ['a contract after this one', { contract: CONTRACT + 1 }, 'CONTRACT_TOO_NEW'],
    ['no semantic version', { version: '1.0' }, 'MANIFEST_INVALID'],
    ['schema number 0', schema({ current: 0 }), 'MANIFEST_INVALID'],
    ['half a schema number', schema({ current: 1.5 }), 'MANIFEST_INVALID'],
    ['a missing label', schema({ labels: { beds: PRESETS.pub } }), 'LABEL_MISSING'],
    ['a label without an axis', schema({ labels: { ...spec.schema.labels, grade: { level: 'L3' } } }), 'LABEL_MISSING'],
    ['a label under its floors', schema({ labels: { ...spec.schema.labels, grade: { ...PRESETS.pub, pi: 'spi' } } }), 'LABEL_FLOOR'],
    ['a missing text', schema({ text: { beds: spec.schema.text.beds } }), 'MANIFEST_INVALID'],
    ['a text without English', schema({ text: { ...spec.schema.text, grade: { zh: '等级', en: '' } } }), 'MANIFEST_INVALID'],
    ['a label for what is not there', schema({ labels: { ...spec.schema.labels, rooms: PRESETS.pub } }), 'MANIFEST_INVALID'],
    ['a form field that is not there', { ui: { groups: [{ zh: '一', en: 'One', fields: ['rooms'] }] } }, 'MANIFEST_INVALID'],
    ['a facet that is not there', { ui: { groups: [], facets: ['rooms'] } }, 'MANIFEST_INVALID'],
    [
      'a name with a dash',
      schema({
        attrs: { opportunity: z.object({ 'bed-count': z.number() }) },
        labels: { 'bed-count': PRESETS.pub },
        text: { 'bed-count': { zh: '床', en: 'beds' } },
      }),
      'MANIFEST_INVALID',
    ],
    ['a date object', schema({ attrs: { opportunity: opportunity.extend({ beds: z.date() }) } }), 'MANIFEST_INVALID'],
    ['a transform', schema({ attrs: { opportunity: opportunity.extend({ beds: z.string().transform(Number) }) } }), 'MANIFEST_INVALID'],
    [
      'a refinement, which would vanish',
      schema({ attrs: { opportunity: opportunity.extend({ beds: z.number().refine((n) => n > 3) }) } }),
      'MANIFEST_INVALID',
    ],
    [
      'one name with two shapes',
      schema({ attrs: { opportunity, capability: opportunity.extend({ beds: z.string() }) } }),
      'MANIFEST_INVALID',
    ],
  ])('throws on %s', (_what, more, code) => {
    const thrown = (() => {
      try {
        define(more);
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(DomainError);
    expect((thrown as DomainError).code).toBe(code);
    expect((thrown as DomainError).remedy).not.toBe('');
  });
});

describe('descriptorOf', () => {
  const descriptor = descriptorOf(define({}));
  it('tells shapes, labels, texts, form and what is counted', () => {
    expect(DescriptorShape.safeParse(descriptor).success).toBe(true);
    expect(descriptor).toMatchObject({
      domain: 'healthcare',
      schema: 1,
      labels: spec.schema.labels,
      texts: spec.schema.text,
      facets: ['grade'],
      sorts: [],
    });
    expect(descriptor.kinds.opportunity?.properties?.['grade']).toEqual({
      type: 'string',
      enum: ['a', 'b'],
      'x-zh': { a: '甲', b: '乙' },
      'x-en': { a: 'A', b: 'B' },
    });
    expect(Object.keys(descriptor.kinds)).toEqual(['opportunity']);
    expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor);
  });
  it('is in input mode: what may be left out is not required, what is unknown is not refused', () => {
    expect(descriptor.kinds.opportunity?.required).toBeUndefined();
    expect(descriptor.kinds.opportunity?.['additionalProperties']).toBeUndefined();
  });
  it('shows attributes in the order they are written when there is no form', () => {
    expect(descriptorOf(define({ ui: undefined })).form.groups.flatMap((g) => g.fields)).toEqual(['beds', 'grade']);
  });
  it('promises shapes and labels, not texts, form or release', () => {
    const mended = descriptorOf(
      define({
        version: '1.0.1',
        ui: undefined,
        ...schema({
          text: { beds: { zh: '床位', en: 'Bed count' }, grade: { zh: '级', en: 'G' } },
          attrs: { opportunity: opportunity.extend({ grade: choice({ a: '一|1', b: '二|2' }).optional() }) },
        }),
      }),
    );
    expect(wirePart(mended)).toEqual(wirePart(descriptor));
    const raised = descriptorOf(define(schema({ labels: { ...spec.schema.labels, beds: PRESETS.biz } })));
    expect(wirePart(raised)).not.toEqual(wirePart(descriptor));
    const recoded = descriptorOf(
      define(schema({ attrs: { opportunity: opportunity.extend({ grade: choice({ a: '甲|A' }).optional() }) } })),
    );
    expect(wirePart(recoded)).not.toEqual(wirePart(descriptor));
  });
  it('keeps attributes that are called like a keyword, without their texts', () => {
    const names = ['title', 'description', 'properties'] as const;
    const all = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));
    const attrs = { opportunity: z.object(all(z.string().optional().meta({ title: '题' }))) };
    const named = descriptorOf(
      define({ ...schema({ attrs, text: all({ zh: '题', en: 'Title' }), labels: all(PRESETS.pub) }), ui: undefined }),
    );
    expect(wirePart(named).kinds).toEqual({ opportunity: { type: 'object', properties: all({ type: 'string' }) } });
  });
});

describe('fieldDirectory', () => {
  it('has core fields alone without a plug-in, and those of the kind only', () => {
    const directory = fieldDirectory('capability');
    expect(directory.get('core.technology')).toMatchObject({ titleZh: '技术或产品', personal: false });
    expect(directory.has('core.problem')).toBe(false);
    expect([...directory.keys()].every((path) => path.startsWith('core.'))).toBe(true);
  });
  it('adds the attributes of the kind with their labels', () => {
    const pi = raise(PRESETS.lim, { pi: 'pi' });
    const descriptor = descriptorOf(define(schema({ labels: { ...spec.schema.labels, beds: pi } })));
    expect(fieldDirectory('opportunity', descriptor).get('attrs.beds')).toEqual({
      path: 'attrs.beds',
      label: pi,
      titleZh: '床位数',
      personal: true,
      listed: false,
    });
    expect(fieldDirectory('capability', descriptor).has('attrs.beds')).toBe(false);
  });
  it('leaves out an attribute whose label it does not know', () => {
    const descriptor = { ...descriptorOf(define({})), labels: { beds: PRESETS.pub } };
    const directory = fieldDirectory('opportunity', descriptor);
    expect(directory.has('attrs.grade')).toBe(false);
    expect(directory.has('attrs.beds')).toBe(true);
  });
});
