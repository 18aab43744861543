import fc from 'fast-check';
import { DOMAIN_CODES, Stage } from '@xiangjing/scenario-sdk';
import { describe, expect, it } from 'vitest';
import { listHref, queryPairs, recordPath, signInPath, withSetting } from './paths.ts';

describe('addresses of lists', () => {
  it('carry every filter and nothing else, whatever people type', () => {
    const query = fc.record({
      q: fc.string({ minLength: 1, maxLength: 40 }),
      domain: fc.uniqueArray(fc.constantFrom(...DOMAIN_CODES)),
      stage: fc.uniqueArray(fc.constantFrom(...Stage.options)),
      due: fc.constantFrom('7d' as const, '30d' as const, 'open' as const),
    });
    fc.assert(
      fc.property(query, ({ q, domain, stage, due }) => {
        const pairs = queryPairs('opportunity', { q, domain, stage, due, kind: ['opportunity'], cursor: 'c', limit: 5 });
        const url = new URL(listHref('opportunity', pairs), 'http://node');
        expect(url.pathname).toBe('/opportunities');
        expect(url.searchParams.get('q')).toBe(q);
        expect(url.searchParams.getAll('domain')).toEqual(domain);
        expect(url.searchParams.getAll('stage')).toEqual(stage);
        expect([...new Set(url.searchParams.keys())].filter((key) => !['q', 'domain', 'stage', 'due'].includes(key))).toEqual([]);
      }),
    );
  });

  it('name the kind in the path, and as a filter only in the search over all', () => {
    expect(listHref('capability', queryPairs('capability', { kind: ['capability'] }))).toBe('/capabilities');
    expect(listHref(null, queryPairs(null, { kind: ['capability'] }))).toBe('/search?kind=capability');
  });
});

describe('other addresses', () => {
  it('keep the query when a display setting changes', () => {
    expect(withSetting('/search?q=%E6%B0%B4&mode=elder', 'mode', 'default')).toBe('/search?q=%E6%B0%B4&mode=default');
    expect(withSetting('/', 'contrast', 'high')).toBe('/?contrast=high');
  });

  it('come back from sign-in to where they were', () => {
    const path = recordPath('urn:xiangjing:430100:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015');
    expect(new URL(signInPath(`${path}?a=1&b=2`), 'http://node').searchParams.get('returnTo')).toBe(`${path}?a=1&b=2`);
  });
});
