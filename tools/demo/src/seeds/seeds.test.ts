import {
  checkCore,
  checkUscc,
  CITIES,
  DOMAIN_CODES,
  findRegion,
  isFloored,
  isWithin,
  NODES,
  PROVINCE,
  TERMS,
} from '@xiangjing/scenario-sdk';
import { describe, expect, it } from 'vitest';
import { cityThemes } from './city-themes.ts';
import { seedsOf, type SeedRecord } from './seeds-of-node.ts';

const TODAY = '2026-11-24';
const all = NODES.map((node) => seedsOf(node.adcode, TODAY));
const cities = all.filter((seeds) => seeds.adcode !== PROVINCE);
const published = (records: SeedRecord[]) => records.filter((r) => r.journey === 'published');
const domainsOf = (records: SeedRecord[]) => new Set(records.flatMap((r) => r.core['domains'] as string[]));
const ID = 'urn:xiangjing:430100:opportunity:019a0000-0000-7000-8000-000000000000';

/** A demonstration's source has its id only when it is made. */
const ready = (r: SeedRecord) => (r.from ? { ...r.core, from: { opportunity: ID, capabilities: [] } } : r.core);

describe('the demo’s records', () => {
  it('are enough, over all domains and kinds', () => {
    expect(cities).toHaveLength(CITIES.length);
    for (const { adcode, records } of cities) {
      expect(records.length, adcode).toBeGreaterThanOrEqual(60);
      expect(published(records).length, adcode).toBeGreaterThanOrEqual(40);
      expect(domainsOf(records).size, adcode).toBe(DOMAIN_CODES.length);
      expect(new Set(records.map((r) => r.kind)).size, adcode).toBe(3);
      expect(published(records).some((r) => r.core['scenarioKind'] === 'small-incision')).toBe(true);
    }
    expect(all.find((s) => s.adcode === PROVINCE)?.records.length).toBeGreaterThanOrEqual(20);
  });

  it('have a theme for each scenario type of the plan', () => {
    const written = new Set<string>(cityThemes.map((t) => t.term));
    expect(TERMS.filter((t) => !written.has(t.code)).map((t) => t.code)).toEqual([]);
  });

  it('have no fault in a core field, ready to submit and to publish', () => {
    const faults = all.flatMap((s) =>
      s.records.flatMap((r) => checkCore(r.kind, ready(r), 'publish').map((i) => ({ in: `${s.adcode} ${r.key}`, ...i }))),
    );
    expect(faults).toEqual([]);
  });

  it('lie in their own node', () => {
    for (const { adcode, records } of all) {
      for (const r of records) {
        expect(findRegion(String(r.core['region'])), r.key).toBeDefined();
        expect(isWithin(String(r.core['region']), adcode)).toBe(true);
      }
    }
    const counties = cities.flatMap((s) => s.records).filter((r) => !String(r.core['region']).endsWith('00'));
    expect(counties.length).toBeGreaterThan(100);
  });

  it('have labels over their floors, from L1 to L4 and a few without, and words for outside from L3', () => {
    for (const { adcode, records } of cities) {
      const labels = records.map((r) => r.label);
      expect(labels.every((l) => l === undefined || isFloored(l))).toBe(true);
      expect(new Set(labels.map((l) => l?.level ?? 'sealed')), adcode).toEqual(new Set(['L1', 'L2', 'L3', 'L4', 'sealed']));
      const high = records.filter((r) => r.label?.level === 'L3' || r.label?.level === 'L4');
      expect(high.every((r) => typeof r.core['publicTitle'] === 'string')).toBe(true);
    }
  });

  it('have titles that are no copies of each other', () => {
    const titles = cities.flatMap((s) => s.records.map((r) => String(r.core['title'])));
    expect(titles.filter((t) => t.includes('{'))).toEqual([]);
    for (const { records } of cities) expect(new Set(records.map((r) => r.core['title'])).size).toBe(records.length);
    expect(new Set(titles).size / titles.length).toBeGreaterThan(0.9);
  });

  it('are the same each time', () => {
    expect(seedsOf('430600', TODAY)).toEqual(seedsOf('430600', TODAY));
    expect(seedsOf('430600', TODAY)).not.toEqual(seedsOf('430600', '2026-11-25'));
  });
});

describe('the demo’s organisations', () => {
  it('are plainly examples, with codes that check and that no registrar can have given', () => {
    const organisations = all.flatMap((s) => s.organisations);
    for (const o of organisations) {
      expect(o.name.startsWith('示例')).toBe(true);
      expect(checkUscc(o.uscc)).toEqual({ ok: true, uscc: o.uscc });
      expect(findRegion(o.uscc.slice(2, 8))).toBeUndefined();
      expect(o.uscc.slice(2, 4)).toBe('99');
    }
    expect(new Set(organisations.map((o) => o.uscc)).size).toBe(organisations.length);
  });
});

it('the domains with a plug-in have attributes, routes among them, in every kind', () => {
  for (const domain of ['low-altitude-economy', 'healthcare', 'culture-technology']) {
    const own = cities.flatMap((s) => s.records).filter((r) => (r.core['domains'] as string[])[0] === domain);
    expect(own.length).toBeGreaterThan(30);
    expect(own.every((r) => Object.keys(r.attrs).length >= 3)).toBe(true);
  }
  const flown = cities.flatMap((s) => s.records).filter((r) => r.attrs['routes'] !== undefined);
  expect(new Set(flown.map((r) => r.kind))).toEqual(new Set(['opportunity', 'demonstration']));
});
