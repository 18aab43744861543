import { describe, expect, it } from 'vitest';
import plan from './plan/hunan-action-plan-2026.json' with { type: 'json' };
import {
  CITIES,
  DOMAIN_CODES,
  DOMAINS,
  findDomain,
  findTerm,
  NODES,
  planSource,
  PROVINCE,
  SUPPLIER_CLASSES,
  TARGETS,
  TERMS,
} from './vocabulary.ts';

describe('the vocabulary is the plan', () => {
  it('has its 14 domains, in its order', () => {
    expect(DOMAINS.map((d) => d.code)).toEqual(plan.domains.map((d) => d.code));
    expect([...DOMAIN_CODES]).toEqual(plan.domains.map((d) => d.code));
    expect(DOMAINS).toHaveLength(14);
  });
  it('has its 118 scenario types, numbered by position', () => {
    const expected = plan.domains.flatMap((d) =>
      d.scenarios.map((nameZh, i) => ({ code: `${d.code}.${i < 9 ? '0' : ''}${i + 1}`, domain: d.code, nameZh })),
    );
    expect(TERMS).toEqual(expected);
    expect(TERMS).toHaveLength(118);
    expect(new Set(TERMS.map((t) => t.code)).size).toBe(118);
  });
  it.each([
    ['advanced-manufacturing', 11],
    ['culture-technology', 8],
    ['modern-agriculture', 6],
    ['low-altitude-economy', 5],
    ['future-industries', 7],
    ['government-services', 15],
    ['urban-rural-governance', 13],
    ['transport', 9],
    ['ecology', 7],
    ['new-infrastructure', 6],
    ['healthcare', 7],
    ['education', 11],
    ['elderly-childcare', 5],
    ['major-events-projects', 8],
  ])('%s has %i types', (code, count) => expect(findDomain(code)?.terms).toHaveLength(count));

  it('finds a term and its domain, and nothing for another code', () => {
    expect(findTerm('low-altitude-economy.05')).toEqual({
      code: 'low-altitude-economy.05',
      domain: 'low-altitude-economy',
      nameZh: '无人机地理测绘',
    });
    expect(findTerm('low-altitude-economy.06')).toBeUndefined();
    expect(findTerm('low-altitude-economy.5')).toBeUndefined();
    expect(findDomain('aviation')).toBeUndefined();
  });
  it('has the province and 14 prefectures, six targets, five classes of suppliers, and names its source', () => {
    expect(NODES.map((n) => n.adcode)).toEqual(plan.regions.map((r) => r.adcode));
    expect([NODES.length, CITIES.length, PROVINCE]).toEqual([15, 14, '430000']);
    expect(TARGETS.map((t) => t.code)).toContain('small-incision-published');
    expect(SUPPLIER_CLASSES).toHaveLength(5);
    expect(planSource.number).toBe('湘政办发〔2026〕23号');
  });
});
