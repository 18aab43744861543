import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { choice } from '../choice.ts';
import { PRESETS } from '../label.ts';
import type { Plugin, RuleIssue } from '../plugin.ts';
import { pluginSuite } from './plugin-suite.ts';

const attributes = z.object({ beds: z.number().int().optional() });
const tooMany: RuleIssue = { pointer: '/beds', severity: 'block', rule: 'too-many' };
const plugin: Plugin = {
  domain: 'healthcare',
  version: '1.0.0',
  contract: 1,
  schema: { current: 1, attrs: { opportunity: attributes }, labels: { beds: PRESETS.pub }, text: { beds: { zh: '床位', en: 'Beds' } } },
  rules: { 'too-many': { zh: '太多', en: 'too many', remedyZh: '减少', remedyEn: 'fewer' } },
  validate: { opportunity: async () => ({ default: ({ beds = 0 }: { beds?: number }) => (beds > 10 ? [tooMany] : []) }) },
};
const fixtures = [
  { name: 'few', kind: 'opportunity', attrs: { beds: 3 } },
  { name: 'many', kind: 'opportunity', attrs: { beds: 30 }, expect: [{ pointer: '/beds', rule: 'too-many' }] },
];

async function failures(changed: Partial<Plugin>, table: unknown[] = fixtures): Promise<string[]> {
  const cases = pluginSuite({ ...plugin, ...changed }, table);
  const results = await Promise.allSettled(cases.map(({ run }) => run()));
  return results.flatMap((r, i) => (r.status === 'rejected' ? [cases[i]?.name ?? ''] : []));
}
const attrs = (shape: z.ZodObject) => ({ schema: { ...plugin.schema, attrs: { opportunity: shape } } });

describe('pluginSuite', () => {
  it('passes a plug-in that holds', async () => expect(await failures({})).toEqual([]));

  it.each([
    [
      'a label under its floors',
      { schema: { ...plugin.schema, labels: { beds: { ...PRESETS.pub, pi: 'spi' as const } } } },
      fixtures,
      'describes itself without a fault',
    ],
    [
      'a rule without English',
      { rules: { 'too-many': { zh: '太多', en: '', remedyZh: '减少', remedyEn: 'fewer' } } },
      fixtures,
      'names everything in Chinese and English',
    ],
    ['bare codes', attrs(z.object({ beds: z.enum(['a']).optional() })), [], 'names everything in Chinese and English'],
    ['codes without English', attrs(z.object({ beds: choice({ a: '甲' }).optional() })), [], 'has a valid fixture for every kind'],
    [
      'a nested field without a name',
      attrs(z.object({ beds: z.object({ n: z.number() }).optional() })),
      [],
      'names everything in Chinese and English',
    ],
    [
      'an attribute twice in the form',
      { ui: { groups: [{ zh: '一', en: '1', fields: ['beds', 'beds'] }] } },
      fixtures,
      'shows every attribute in its form exactly once',
    ],
    ['a foreign term', {}, [{ ...fixtures[0], terms: ['education.01'] }, fixtures[1]], 'cites terms of its own domain only'],
    ['no valid fixture', {}, [fixtures[1]], 'has a valid fixture for every kind'],
    ['a rule that no fixture breaks', {}, [fixtures[0]], 'has a fixture for every rule'],
    [
      'a validator that throws',
      {
        validate: {
          opportunity: async () => ({
            default: () => {
              throw new Error('x');
            },
          }),
        },
      },
      fixtures,
      'judges an empty record at every stage without throwing',
    ],
    [
      'a validator that writes to its input',
      {
        validate: {
          opportunity: async () => ({
            default: (a: { beds?: number }) => {
              a.beds = 1;
              return [];
            },
          }),
        },
      },
      fixtures,
      'judges an empty record at every stage without throwing',
    ],
    [
      'a rule that fell silent',
      { validate: { opportunity: async () => ({ default: () => [] }) } },
      fixtures,
      'opportunity, solicited: many',
    ],
    [
      'a shape grown laxer',
      attrs(z.object({ beds: z.number().optional() })),
      [...fixtures, { name: 'half', kind: 'opportunity', attrs: { beds: 0.5 }, expect: [{ pointer: '/beds', rule: 'shape' }] }],
      'opportunity, solicited: half',
    ],
  ] as [string, Partial<Plugin>, unknown[], string][])('fails on %s', async (_what, changed, table, name) => {
    expect(await failures(changed, table)).toContain(name);
  });
});
