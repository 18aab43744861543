import { describe, expect, it } from 'vitest';
import { checkCore, type CoreStep } from './check-core.ts';
import { Kind } from './kinds.ts';
import { coreFieldsOf } from './core-fields.ts';
import { exampleCore } from './testing/example-core.ts';

const brief = (issues: ReturnType<typeof checkCore>) => issues.map((i) => `${i.code} ${i.pointer}`);
const opportunity = (more: Parameters<typeof exampleCore>[1]) =>
  brief(checkCore('opportunity', exampleCore('opportunity', more), 'publish'));

describe('a whole record', () => {
  it.each(Kind.options)('%s passes every step', (kind) => {
    for (const step of ['draft', 'submit', 'publish'] as const) expect(checkCore(kind, exampleCore(kind), step)).toEqual([]);
  });
  it.each(Kind.options)('%s names each needed field that is missing, and no other', (kind) => {
    const without = (name: string) => Object.fromEntries(Object.entries(exampleCore(kind)).filter(([key]) => key !== name));
    const told = (step: CoreStep) =>
      Object.fromEntries(
        coreFieldsOf(kind).map(({ name }) => [
          name,
          [exampleCore(kind, { [name]: null }), without(name)].map((core) => brief(checkCore(kind, core, step))),
        ]),
      );
    const expected = (needs: string[]) =>
      Object.fromEntries(
        coreFieldsOf(kind).map(({ name, need }) => [
          name,
          Array(2).fill(needs.includes(need[kind]) ? [`FIELD_MISSING /core/${name}`] : []),
        ]),
      );
    expect(told('draft')).toEqual(expected([]));
    expect(told('submit')).toEqual(expected(['submit']));
    expect(told('publish')).toEqual(expected(['submit', 'publish']));
  });
  it('lets an empty draft be saved', () => expect(checkCore('demonstration', {}, 'draft')).toEqual([]));
});

describe('a wrong value', () => {
  it.each([
    [{ bad: 1 }, 'FIELD_UNKNOWN /core/bad'],
    [{ maturity: 5 }, 'FIELD_UNKNOWN /core/maturity'],
    [{ 'a/b~c': 1 }, 'FIELD_UNKNOWN /core/a~1b~0c'],
    [{ title: '短' }, 'INPUT_INVALID /core/title'],
    [{ title: 7 }, 'INPUT_INVALID /core/title'],
    [{ contact: { name: '示例', mobile: '1' } }, 'INPUT_INVALID /core/contact/mobile'],
    [{ contact: { name: '示例', mobile: '13000000000', idCard: 'x' } }, 'FIELD_UNKNOWN /core/contact/idCard'],
    [{ roleContact: { unit: '示例处', phone: '13000000000', mailbox: 'a@b.example' } }, 'INPUT_INVALID /core/roleContact/phone'],
    [
      { metrics: [{ name: '定位时间', unit: '小时', baseline: '72', goal: '尽量快', method: '比对' }] },
      'INPUT_INVALID /core/metrics/0/goal',
    ],
    [{ validUntil: '2028-02-30' }, 'INPUT_INVALID /core/validUntil'],
    [{ industry: 'C65' }, 'INPUT_INVALID /core/industry'],
    [{ ownerUscc: '914300007121944055' }, 'USCC_INVALID /core/ownerUscc'],
    [{ region: '430124' }, 'REGION_UNKNOWN /core/region'],
    [{ region: '430199' }, 'REGION_UNKNOWN /core/region'],
    [{ region: '440300' }, 'REGION_UNKNOWN /core/region'],
    [{ region: 430100 }, 'INPUT_INVALID /core/region'],
    [{ scenarioTypes: ['urban-rural-governance.99'] }, 'TERM_UNKNOWN /core/scenarioTypes/0'],
    [{ scenarioTypes: ['urban-rural-governance.01', 'healthcare.01'] }, 'TERM_FOREIGN /core/scenarioTypes/1'],
    [{ domains: [] }, 'INPUT_INVALID /core/domains'],
    [{ scenarioKind: 'huge' }, 'INPUT_INVALID /core/scenarioKind'],
    [{ plannedTo: '2026-01-01' }, 'INPUT_INVALID /core/plannedTo'],
  ])('%j is told as %s', (more, expected) => expect(opportunity(more)).toContain(expected));

  it('names an unknown domain, and its successor for a retired region', () => {
    expect(opportunity({ domains: ['urban-rural-governance', 'aviation'] })).toEqual(['DOMAIN_UNKNOWN /core/domains/1']);
    const [issue] = checkCore('opportunity', { region: '430124' }, 'draft');
    expect(issue?.remedy).toContain('430182（宁乡市）');
  });
  it('is told at draft already', () =>
    expect(brief(checkCore('capability', { maturity: 10 }, 'draft'))).toEqual(['INPUT_INVALID /core/maturity']));
  it('checks the codes of operator and suppliers', () => {
    const core = exampleCore('demonstration', {
      operator: { name: '示例', uscc: '914300007121944055' },
      suppliers: [{ name: '示例公司' }, { name: '示例公司', uscc: '914300007121944055' }],
    });
    expect(brief(checkCore('demonstration', core, 'submit'))).toEqual([
      'USCC_INVALID /core/operator/uscc',
      'USCC_INVALID /core/suppliers/1/uscc',
    ]);
  });
  it('takes a code from the exception list', () => {
    const core = { ownerUscc: '91350203M0001QAY9B' };
    expect(checkCore('capability', core, 'draft')).toHaveLength(1);
    expect(checkCore('capability', core, 'draft', { usccExceptions: new Set(['91350203M0001QAY9B']) })).toEqual([]);
  });
  it('comes with what to do, in Chinese', () => {
    for (const issue of checkCore('opportunity', { title: '', region: 'x', bad: 1, domains: ['x'], validUntil: 'morgen' }, 'publish')) {
      expect(issue.message).toMatch(/[\u4e00-\u9fff]/);
      expect(issue.remedy).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
