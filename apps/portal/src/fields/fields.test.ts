import { describe, expect, it } from 'vitest';
import { createTexts } from '../i18n/index.ts';
import { testVocabulary } from '../testing/vocabulary.ts';
import { fieldGroups } from './field-groups.ts';
import { readFieldSchema } from './field-schema.ts';
import { fieldText, isEmpty } from './field-text.ts';
import { controlId, isAt, pointerOf } from './pointer.ts';

const { t } = createTexts();

describe('field groups', () => {
  const { core, attrs } = fieldGroups(testVocabulary(), 'opportunity', 'low-altitude-economy');

  it('follow the core in its order, with the names of its groups', () => {
    expect(core.map(({ code }) => code)).toEqual(['basics', 'contact', 'place', 'need', 'metrics', 'terms', 'data', 'internal']);
    expect(core[0]?.title).toBe('基本信息');
    expect(core[0]?.fields[0]).toMatchObject({ path: 'core.title', part: 'core', need: 'submit', title: '名称' });
  });

  it('follow the plug-in in the order and groups of its form', () => {
    expect(attrs.map(({ title }) => title)).toEqual(['飞行器', '航线与空域']);
    expect(attrs[0]?.fields.map(({ name }) => name)).toEqual(['uavClass', 'payload', 'insurance']);
    expect(attrs[0]?.fields[0]).toMatchObject({ path: 'attrs.uavClass', need: 'submit', hint: '按条例分类' });
    expect(attrs[0]?.fields[1]?.schema['x-unit']).toBe('kg');
  });

  it('have no attributes where the domain has no plug-in', () => {
    expect(fieldGroups(testVocabulary(), 'opportunity', 'ecology').attrs).toEqual([]);
  });
});

describe('values in words', () => {
  it.each([
    [true, {}, '是'],
    [8, { 'x-unit': 'kg' }, '8 kg'],
    ['5000000', { 'x-unit': 'CNY' }, '5000000 元'],
    ['a', { 'x-zh': { a: '甲' } }, '甲'],
    ['2027-03-01', { format: 'date' }, '2027年3月1日'],
    ['430102', {}, '芙蓉区'],
    [['a', 'b'], { items: { 'x-zh': { a: '甲', b: '乙' } } }, '甲、乙'],
    [
      { from: '2027-03-01', to: '2027-04-01' },
      { 'x-kit': 'period', properties: { from: { format: 'date' }, to: { format: 'date' } } },
      '2027年3月1日 至 2027年4月1日',
    ],
    [
      {
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      { 'x-kit': 'geo-line' },
      '2 个坐标点',
    ],
    [[{ n: 'x' }, { n: 'y' }], { items: { properties: { n: { title: '名称' } } } }, '名称：x；名称：y'],
    [null, {}, '（空）'],
  ] as const)('%j', (value, schema, text) => {
    expect(fieldText(t, value, readFieldSchema(schema))).toBe(text);
  });

  it('are empty when nothing is in them; no and nought are something', () => {
    expect([undefined, null, '', []].map(isEmpty)).toEqual([true, true, true, true]);
    expect([false, 0, 'a', [0], {}].map(isEmpty)).toEqual([false, false, false, false, false]);
  });
});

describe('schemas', () => {
  it('that are none say nothing', () => {
    for (const odd of [null, 7, 'text', []]) expect(readFieldSchema(odd)).toEqual({});
  });

  it('with a part forms do not know keep all other parts', () => {
    const tuple = { type: 'array', prefixItems: [{ type: 'number' }], items: false };
    const read = readFieldSchema({
      type: 'object',
      properties: { line: tuple, name: { type: 'string' }, odd: { type: ['string', 'null'] } },
    });
    expect(read.properties?.['name']?.type).toBe('string');
    expect(read.properties?.['line']).toMatchObject({ type: 'array', items: undefined });
    expect(read.properties?.['odd']?.type).toBeUndefined();
  });
});

describe('pointers', () => {
  it('lead from a path to its control, and from a fault inside a field to the field', () => {
    expect(pointerOf('core.metrics')).toBe('/core/metrics');
    expect(controlId('/core/metrics/0/goal')).toBe('f-core-metrics-0-goal');
    expect(isAt('/core/metrics/0/goal', '/core/metrics')).toBe(true);
    expect(isAt('/core/metricsToo', '/core/metrics')).toBe(false);
  });
});
