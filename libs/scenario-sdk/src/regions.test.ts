import { describe, expect, it } from 'vitest';
import { findRegion, findRetiredRegion, REGIONS, regionsOf } from './regions.ts';
import { CITIES } from './vocabulary.ts';

const counties = REGIONS.filter((r) => r.level === 'county');

describe('REGIONS', () => {
  it('has the province, 14 prefectures and 122 counties, each below its parent', () => {
    expect(REGIONS).toHaveLength(137);
    expect(counties).toHaveLength(122);
    for (const { adcode, parent } of counties) {
      expect(adcode).toMatch(/^43\d{4}$/);
      expect(CITIES.map((c) => c.adcode)).toContain(parent);
      expect(adcode.slice(0, 4)).toBe(parent?.slice(0, 4));
    }
    expect(new Set(REGIONS.map((r) => r.adcode)).size).toBe(137);
  });
  it('holds neither placeholders nor statistical codes of management zones', () => {
    expect(counties.filter((r) => r.nameZh === '市辖区' || r.adcode.charAt(4) === '7')).toEqual([]);
    expect(findRegion('430101')).toBeUndefined();
    expect(findRegion('430271')).toBeUndefined();
  });
  it.each([
    ['430100', 9],
    ['430300', 5],
    ['433100', 8],
  ])('gives %s its %i counties', (adcode, count) => expect(regionsOf(adcode).filter((r) => r.level === 'county')).toHaveLength(count));
});

describe('findRegion', () => {
  it.each([
    ['430124', '430182', '2017-04'],
    ['430122', '430112', '2011-05'],
    ['430521', '430582', '2019-07'],
    ['430221', '430212', '2018-06'],
    ['431121', '431181', '2021-01'],
  ])('retires %s for %s after %s', (old, now, month) => {
    expect(findRegion(old)).toBeUndefined();
    expect(findRegion(old, `${month}-15`)?.replacedBy).toBe(now);
    expect(findRegion(old, '2026-01-01')).toBeUndefined();
    expect(findRetiredRegion(old)?.replacedBy).toBe(now);
    expect(findRegion(now)).toBeDefined();
    expect(findRegion(now, '2010-01-01')).toBeUndefined();
  });
  it('knows no code that was never given', () => {
    for (const code of ['430190', '110101', '4301', '', '430000 ']) expect(findRegion(code, '2015-01-01')).toBeUndefined();
  });
});
