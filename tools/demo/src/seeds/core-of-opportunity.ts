import type { DomainCode, JsonObject, ScenarioKind } from '@xiangjing/scenario-sdk';
import { businessOf, commonCore, personalDataOf, type Making } from './common-core.ts';
import { plusDays } from './dates.ts';
import type { SeedOrganisation } from './organisations.ts';
import type { Placing } from './place-text.ts';
import type { Theme } from './theme.ts';
import { titleOf } from './title-of.ts';

const MODES = ['trial-then-pay', 'free-trial', 'procurement', 'trial-then-pay', 'revenue-share', 'operation-right'];
const RESOURCES = [
  { type: 'site', text: '提供现场与供电、网络条件，安排专人配合，试用期不收场地费。' },
  { type: 'service', text: '提供业务骨干参与设计与验收，协调相关部门，每两周例会一次。' },
  { type: 'funds', text: '已列入年度信息化预算，试用验收合格后按约付费。' },
  { type: 'procurement-plan', text: '试用效果达标的，纳入下一年度采购计划。' },
  { type: 'data-product', text: '提供脱敏样本数据，在本单位环境内使用，不得带出。' },
];
const DESIRABLE = [
  '有同类场景连续运行半年以上的案例',
  '本地设有运维人员，2 小时内到场',
  '核心软硬件自主可控',
  '愿意公开试用结果',
  '与省内高校或中试平台联合申报',
];

export const kindOf = (theme: Theme): ScenarioKind => theme.kind ?? 'small-incision';
export const domainOf = (term: string): DomainCode => term.slice(0, term.lastIndexOf('.')) as DomainCode;

/** The core fields of an opportunity: all that is needed to submit and to publish it. */
export function coreOfOpportunity(make: Making, theme: Theme, owner: SeedOrganisation, placing: Placing): JsonObject {
  const { random, today } = make;
  const domain = domainOf(theme.term);
  const { name, unit, from, to, by } = theme.metric;
  const texts = [theme.title, theme.problem, theme.wanted];
  const deadline = 14 + random.below(90);
  const begin = deadline + 20 + random.below(40);
  const place = placing.place(texts);
  const [wanted, problem] = [placing.fill(theme.wanted), placing.fill(theme.problem)];
  return {
    ...commonCore(make, owner, placing.region(texts)),
    title: titleOf(make.adcode, theme.title, placing),
    summary: `${problem}希望${wanted.replace(/。$/, '')}。`,
    domains: [domain],
    scenarioTypes: [theme.term],
    scenarioKind: kindOf(theme),
    ...(place ? { place } : {}),
    ...businessOf(domain),
    problem,
    currentState: placing.fill(theme.today),
    wantedResult: wanted,
    metrics: [{ name, unit: unit || '比值', baseline: String(from), goal: String(to), method: by }],
    essential: theme.essential,
    desirable: [random.pick(DESIRABLE)],
    cooperationMode: random.pick(MODES),
    resources: [random.pick(RESOURCES)],
    responseDeadline: plusDays(today, deadline),
    plannedFrom: plusDays(today, begin),
    plannedTo: plusDays(today, begin + 180 + random.below(240)),
    responsiblePerson: `示例负责人${1 + random.below(9)}`,
    intake: `在平台查看后，按公开联系方式报名；${owner.name}在 ${3 + random.below(5)} 个工作日内答复。`,
    publicSafety: domain === 'low-altitude-economy' || domain === 'urban-rural-governance',
    personalData: personalDataOf(domain),
  };
}
