import type { JsonObject } from '@xiangjing/scenario-sdk';
import { commonCore, personalDataOf, type Making } from './common-core.ts';
import { domainOf } from './core-of-opportunity.ts';
import { plusDays } from './dates.ts';
import type { SeedOrganisation } from './organisations.ts';
import type { Placing } from './place-text.ts';
import type { Theme } from './theme.ts';
import { titleOf } from './title-of.ts';

const GUIDES = [
  '先做两周现场摸底，再小范围试用一个月，指标达标后分批扩大；管理制度与培训材料可直接复用。',
  '由业务部门牵头、技术单位陪跑，先固定口径和基线，再上设备；复制时重点核对网络与场地条件。',
  '建议以一个县区或一条产线为单元复制，每单元配一名运维人员，首月按周复盘。',
];
const COSTS = ['10 万元以内', '10 至 50 万元', '50 至 200 万元', '200 至 500 万元'];
const CONDITIONS = ['有稳定供电与网络，业务流程已成文', '有专人负责运行，能提供半年基线数据', '主管部门同意，安全评估已完成'];

/** The core fields of a demonstration: the theme solved. `from` is filled in when the opportunity's id is known. */
export function coreOfDemonstration(
  make: Making,
  theme: Theme,
  parts: { owner: SeedOrganisation; supplier: SeedOrganisation; placing: Placing },
): JsonObject {
  const { random, today } = make;
  const { owner, supplier, placing } = parts;
  const { name, unit, from, to, by } = theme.metric;
  const months = 3 + random.below(9);
  const reached = Math.round((to + (from - to) * (random.below(20) / 100)) * 100) / 100;
  const texts = [theme.title, theme.problem, theme.wanted];
  const place = placing.place(texts);
  return {
    ...commonCore(make, owner, placing.region(texts)),
    title: `${titleOf(make.adcode, theme.title, placing)}应用示范`,
    summary: `${placing.fill(theme.wanted)}运行 ${months} 个月，${name}由 ${from}${unit} 变为 ${reached}${unit}。`,
    domains: [domainOf(theme.term)],
    scenarioTypes: [theme.term],
    ...(place ? { place } : {}),
    operator: { name: owner.name, uscc: owner.uscc },
    suppliers: [{ name: supplier.name, uscc: supplier.uscc }],
    inOperationSince: plusDays(today, -30 * months - random.below(25)),
    effects: [{ name, baseline: String(from), result: String(reached), unit: unit || '比值', period: `投用后 ${months} 个月`, method: by }],
    replicationGuide: random.pick(GUIDES),
    costBand: random.pick(COSTS),
    conditions: random.pick(CONDITIONS),
    publicSafety: domainOf(theme.term) === 'low-altitude-economy' || domainOf(theme.term) === 'urban-rural-governance',
    personalData: personalDataOf(domainOf(theme.term)),
  };
}
