import type { JsonObject } from '@xiangjing/scenario-sdk';
import type { Told } from '../attributes.ts';
import type { Making } from '../common-core.ts';
import { plusDays } from '../dates.ts';
import { when } from './parts.ts';

/** By scenario type, in the plan's order. */
const GENRES = ['scenic', 'performance', 'performance', 'audiovisual', 'heritage', 'exhibition', 'commerce', 'scenic'];

export function cultureTechnology({ random, today }: Making, { kind, core, term }: Told): JsonObject {
  const genre = GENRES[Number(term.slice(-2)) - 1] ?? 'exhibition';
  const title = String(core['title']);
  const right = {
    work: `《${title.slice(0, 12)}》示例内容`,
    type: 'information-network',
    territory: ['CN'],
    period: { from: plusDays(today, -90), to: plusDays(today, 1825) },
    holder: '示例内容制作单位',
  };
  const consent = { title: '示例保护单位同意书', date: plusDays(today, -30 - random.below(60)) };
  const generated = term.endsWith('.04');
  return {
    genre,
    generatedContent: generated ? 'assisted' : 'none',
    ...when(generated, { labelShown: true }),
    rights: [right],
    ...when(genre === 'heritage', { heritageItems: [{ item: title.slice(0, 10), protectingUnit: '示例非遗保护中心', consent }] }),
    ...when(genre === 'heritage', { collectibleIssue: { issuer: '示例文化发展公司', quantity: 2000, noResale: true } }),
    ...when(kind !== 'capability', { visitorCapacity: 200 * (1 + random.below(40)) }),
    ...when(kind === 'demonstration', { boxOffice: String(10_000 * (5 + random.below(200))) }),
  };
}
