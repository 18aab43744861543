import type { JsonObject } from '@xiangjing/scenario-sdk';
import { businessOf, commonCore, personalDataOf, type Making } from './common-core.ts';
import { domainOf } from './core-of-opportunity.ts';
import { shortName, type SeedOrganisation } from './organisations.ts';
import type { Offer } from './theme.ts';

const EVIDENCE = [
  '已在两个现场连续运行一年，附运行日志摘要。',
  '通过第三方检测，报告可在试用前查阅。',
  '完成小批量试用，用户出具意见。',
  '完成样机环境试验，正在寻找首个应用现场。',
];
const NEEDS = [
  '一处可连续使用三个月的现场、市电与网络；不需要业务数据出本单位。',
  '场地与安全培训，配合人员 1 名；样本数据在甲方环境内使用。',
  '脱敏样本与接口说明；涉及许可的由甲方协调。',
];
const FUNDING = ['无', '希望对接产业基金，用于扩产', '需要流动资金贷款支持，额度面议'];

/** The core fields of a capability; `round` counts how often the same offer was already made by another city's supplier. */
export function coreOfCapability(make: Making, offer: Offer, owner: SeedOrganisation, round: number): JsonObject {
  const { random, adcode } = make;
  const domain = domainOf(offer.term);
  const title = round === 0 ? offer.title : `${offer.title}（${shortName(adcode)}本地化版）`;
  return {
    ...commonCore(make, owner, adcode),
    title,
    summary: `${offer.what}${offer.difference}`,
    domains: [domain],
    scenarioTypes: [offer.term],
    ...businessOf(domain),
    supplierClass: owner.offers?.class ?? 'specialised-sme',
    supplierProof: owner.offers?.proof ?? '自述，待核验',
    technology: { what: offer.what, how: offer.how, difference: offer.difference },
    maturity: offer.maturity,
    maturityEvidence: EVIDENCE[Math.min(EVIDENCE.length - 1, Math.max(0, 8 - offer.maturity))] ?? '',
    needsFromSite: random.pick(NEEDS),
    fundingNeed: random.pick(FUNDING),
    publicSafety: domain === 'low-altitude-economy' || domain === 'urban-rural-governance',
    personalData: personalDataOf(domain),
  };
}
