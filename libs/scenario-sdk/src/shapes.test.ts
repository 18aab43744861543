import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { choice, named } from './choice.ts';
import { ERRORS, DomainError } from './errors.ts';
import { isIndustryCode } from './industry.ts';
import { issuesIn, pointerTo } from './issues.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { approvalRef, baseline, covers, datasetRef, evidenceRef, geoLine, money, orgRef, period, place, quantity } from './kit.ts';
import { Label, PRESETS } from './label.ts';
import { readRecordId, RecordId, recordId } from './record-id.ts';
import { adcodePrefix, isWithin, parseRoleGrant } from './roles.ts';

describe('the attribute kit', () => {
  it.each([
    ['quantity', quantity('kg', { max: 25 }), [0, 24.5, 25], [-1, 25.1, '3', null]],
    ['money', money, ['0', '1250000.50'], ['-1', '1.234', '1,000', 12]],
    ['period', period, [{ from: '2027-01-01', to: '2027-02-01' }], [{ from: '2027-01-01' }, { from: '1.1.2027', to: '2027-02-01' }]],
    [
      'approvalRef',
      approvalRef,
      [{ number: '1', authority: '示例', validFrom: '2027-01-01', validTo: '2027-02-01' }],
      [{ number: '', authority: '示例', validFrom: '2027-01-01', validTo: '2027-02-01' }],
    ],
    [
      'evidenceRef',
      evidenceRef,
      [{ title: '报告' }, { title: '报告', digest: `sha-256:${'0'.repeat(64)}` }],
      [{ title: '报告', digest: 'md5:1' }],
    ],
    ['datasetRef', datasetRef, [{ name: '数据', holder: '示例局' }], [{ name: '数据' }, { name: '数据', holder: '示例局', rows: [] }]],
    ['baseline', baseline, [{ value: 72, unit: '小时', method: '工单' }], [{ value: '72', unit: '小时', method: '工单' }]],
    ['orgRef', orgRef, [{ name: '示例公司' }], [{ name: '示例公司', uscc: '1' }]],
    ['place', place, [{ region: '430102' }], [{ region: '430102', latitude: 28 }]],
    [
      'geoLine',
      geoLine,
      [
        {
          type: 'LineString',
          coordinates: [
            [112, 28],
            [112.1, 28],
          ],
        },
      ],
      [
        {
          type: 'LineString',
          coordinates: [
            [28, 112],
            [28, 112.1],
          ],
        },
        { type: 'Point', coordinates: [112, 28] },
      ],
    ],
  ] as [string, z.ZodType, unknown[], unknown[]][])('%s takes what it should', (_name, shape, valid, invalid) => {
    expect(valid.filter((value) => !shape.safeParse(value).success)).toEqual([]);
    expect(invalid.filter((value) => shape.safeParse(value).success)).toEqual([]);
    expect(jsonSchemaOf(shape)['x-kit']).toBeTypeOf('string');
  });
  it('covers a period to the day', () => {
    expect(covers('2027-01-01', '2027-06-30', { from: '2027-01-01', to: '2027-06-30' })).toBe(true);
    expect(covers('2027-01-01', '2027-06-30', { from: '2027-01-01', to: '2027-07-01' })).toBe(false);
  });
});

describe('jsonSchemaOf', () => {
  it('carries names of fields and codes, and writes references out', () => {
    const schema = z.object({ label: Label, one: named(choice({ a: '甲|A' }), '一|one', 'kg') });
    expect(JSON.stringify(jsonSchemaOf(schema))).not.toContain('$ref');
    expect(jsonSchemaOf(schema).properties?.['one']).toEqual({
      type: 'string',
      enum: ['a'],
      'x-zh': { a: '甲' },
      'x-en': { a: 'A' },
      title: '一',
      'x-en-title': 'one',
      'x-unit': 'kg',
    });
    expect(jsonSchemaOf(schema).properties?.['label']?.properties?.['level']?.['enum']).toContain('L4');
  });
});

describe('issuesIn', () => {
  it('tells what was found in words for people', () => {
    const schema = z.strictObject({
      n: z.number().max(3),
      s: z.string().min(4),
      l: z.array(z.string()).min(2),
      d: z.iso.date(),
      e: z.enum(['a', 'b']),
      m: z.string(),
      f: z.enum(['a', 'b']),
      own: z.string().regex(/x/, '自己的话。'),
    });
    const issues = issuesIn(schema, { n: 4, s: '短', l: ['a'], d: 'x', e: 'c', own: 'y', extra: 1 }, '/body');
    expect(issues.map((i) => [i.pointer, i.code, i.message])).toEqual([
      ['/body/n', 'INPUT_INVALID', '不能大于 3。'],
      ['/body/s', 'INPUT_INVALID', '至少 4 个字。'],
      ['/body/l', 'INPUT_INVALID', '至少 2 项。'],
      ['/body/d', 'INPUT_INVALID', '应为日期，如 2027-06-30。'],
      ['/body/e', 'INPUT_INVALID', '只能是 a、b。'],
      ['/body/m', 'INPUT_INVALID', '缺少这一项。'],
      ['/body/f', 'INPUT_INVALID', '缺少这一项。'],
      ['/body/own', 'INPUT_INVALID', '自己的话。'],
      ['/body/extra', 'FIELD_UNKNOWN', '没有名为“extra”的字段。'],
    ]);
  });
  it('escapes pointers', () => expect(pointerTo('/core', ['a/b', '~', 0])).toBe('/core/a~1b/~0/0'));
});

describe('isIndustryCode', () => {
  it.each(['A', 'I', 'C13', 'C3969', 'I65', 'M734', 'Q84', 'T97'])('knows %s', (code) => expect(isIndustryCode(code)).toBe(true));
  it.each(['U', 'C65', 'I3', 'i65', 'C39691', '65', 'I66', 'A00', ''])('refuses %s', (code) => expect(isIndustryCode(code)).toBe(false));
});

describe('record ids', () => {
  const uuid = '01937c2e-5a10-7b44-9d1e-3f60a2c8e015';
  it('say home node and kind', () => {
    const id = recordId('430100', 'opportunity', uuid);
    expect(RecordId.parse(id)).toBe(id);
    expect(readRecordId(id)).toEqual({ adcode: '430100', kind: 'opportunity', uuid });
  });
  it.each([
    `urn:xiangjing:110000:opportunity:${uuid}`,
    `urn:xiangjing:430100:trial:${uuid}`,
    'urn:xiangjing:430100:opportunity:01937c2e-5a10-4b44-9d1e-3f60a2c8e015',
    '',
  ])('refuse %s', (id) => {
    expect(RecordId.safeParse(id).success).toBe(false);
    expect(readRecordId(id)).toBeUndefined();
  });
});

describe('role grants', () => {
  it.each([
    ['coordinator@4301', { role: 'coordinator', scope: { type: 'region', adcode: '4301' } }],
    ['coordinator@430102', { role: 'coordinator', scope: { type: 'region', adcode: '430102' } }],
    ['owner@org:914300007121944054', { role: 'owner', scope: { type: 'organisation', uscc: '914300007121944054' } }],
    ['lead@domain:healthcare', { role: 'lead', scope: { type: 'domain', domain: 'healthcare' } }],
  ])('reads %s', (text, grant) => expect(parseRoleGrant(text)).toEqual(grant));
  it.each(['', 'owner', '@4301', 'king@4301', 'lead@domain:aviation', 'owner@org:1', 'coordinator@43010x', 'coordinator@'])(
    'gives nothing for %s',
    (text) => {
      expect(parseRoleGrant(text)).toBeUndefined();
    },
  );
  it('binds by the digits of an adcode', () => {
    expect([adcodePrefix('430000'), adcodePrefix('430100'), adcodePrefix('430102')]).toEqual(['43', '4301', '430102']);
    expect(isWithin('430102', '430100')).toBe(true);
    expect(isWithin('430202', '430100')).toBe(false);
    expect(isWithin('430100', '430102')).toBe(false);
  });
});

describe('errors', () => {
  it('each have a status and a meaning', () => {
    for (const [code, { status, means }] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(means.length).toBeGreaterThan(8);
    }
    expect(new DomainError('REV_CONFLICT', 'x').status).toBe(409);
    expect(PRESETS.pub.level).toBe('L1');
  });
});
