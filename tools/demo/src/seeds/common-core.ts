import { findDomain, type DomainCode, type JsonObject } from '@xiangjing/scenario-sdk';
import { plusDays } from './dates.ts';
import { shortName, type SeedOrganisation } from './organisations.ts';
import type { Random } from './random.ts';

export interface Making {
  adcode: string;
  /** First day of the demo: every date of a record is counted from here. */
  today: string;
  random: Random;
}

/** Area codes of the cities' telephones. */
const AREA_CODES: Record<string, string> = {
  '430000': '0731',
  '430100': '0731',
  '430200': '0731',
  '430300': '0731',
  '430400': '0734',
  '430500': '0739',
  '430600': '0730',
  '430700': '0736',
  '430800': '0744',
  '430900': '0737',
  '431000': '0735',
  '431100': '0746',
  '431200': '0745',
  '431300': '0738',
  '433100': '0743',
};

/** GB/T 4754 section and division, and the supply area of the plan, where a domain's scenarios mostly belong. */
const BUSINESS: Record<DomainCode, readonly [industry: string, supplyArea: string]> = {
  'advanced-manufacturing': ['C35', 'industry'],
  'culture-technology': ['R88', 'consumption'],
  'modern-agriculture': ['A01', 'industry'],
  'low-altitude-economy': ['G56', 'industry'],
  'future-industries': ['M73', 'technology'],
  'government-services': ['S92', 'governance'],
  'urban-rural-governance': ['N78', 'governance'],
  transport: ['G54', 'governance'],
  ecology: ['N77', 'governance'],
  'new-infrastructure': ['I65', 'technology'],
  healthcare: ['Q84', 'livelihood'],
  education: ['P83', 'livelihood'],
  'elderly-childcare': ['Q85', 'livelihood'],
  'major-events-projects': ['L72', 'global'],
};
export const businessOf = (domain: DomainCode) => ({ industry: BUSINESS[domain][0], supplyAreas: [BUSINESS[domain][1]] });

/** Domains whose scenarios touch people's data, and how. */
export const personalDataOf = (domain: DomainCode): string =>
  domain === 'healthcare' || domain === 'elderly-childcare'
    ? 'sensitive'
    : domain === 'education' || domain === 'government-services'
      ? 'ordinary'
      : 'none';

const UNITS = ['综合科', '项目推进科', '科技与信息化科', '场景创新工作专班'];
const SURNAMES = ['示例甲', '示例乙', '示例丙', '示例丁', '示例戊'];

/** The fields that every kind needs, of an organisation that does not exist: no telephone, mailbox or name here is anybody's. */
export function commonCore(make: Making, owner: SeedOrganisation, region: string): JsonObject {
  const { random, today } = make;
  const line = String(1000 + random.below(9000));
  return {
    ownerUscc: owner.uscc,
    region,
    responsibleUnit: random.pick(UNITS),
    validUntil: plusDays(today, 365 + random.below(365)),
    roleContact: {
      unit: `${owner.name}场景工作联络处`,
      phone: `${AREA_CODES[make.adcode] ?? '0731'}-0000${line}`,
      mailbox: `scenario@${owner.owner}.n${make.adcode}.example`,
    },
    contact: { name: random.pick(SURNAMES), mobile: `1000000${line}`, mail: `contact${line}@${owner.owner}.n${make.adcode}.example` },
  };
}

/** What outside sees of a record at L3 or L4: written for outside, naming neither place nor detail. */
export function outsideTexts(adcode: string, domain: DomainCode, noun: '需求' | '能力' | '示范'): JsonObject {
  const name = findDomain(domain)?.nameZh ?? domain;
  return {
    publicTitle: `${shortName(adcode)}${name}领域场景${noun}`,
    publicSummary: `${shortName(adcode)}一家单位在${name}领域登记的场景${noun}，详细内容按数据分级在本节点保存，可向公开联系方式了解。`,
  };
}
