import type { JsonObject } from '../document.ts';
import type { Kind } from '../kinds.ts';
import { organisationCheckDigit, usccCheckDigit } from '../uscc.ts';

/**
 * A valid code of nobody: both check digits hold, the registrar's region 439900 does not exist.
 * @example exampleUscc(1) // '91439900…'
 */
export function exampleUscc(n: number, head: '91' | '11' | '12' = '91'): string {
  const first8 = `MA${String(n).padStart(6, '0')}`;
  const first17 = `${head}439900${first8}${organisationCheckDigit(first8)}`;
  return first17 + usccCheckDigit(first17);
}

const common: JsonObject = {
  title: '示例：老旧管网漏损监测与预警',
  summary: '示例单位希望引入在线监测技术，把漏点定位从三天缩短到数小时，并与现有调度系统联动。',
  validUntil: '2028-06-30',
  ownerUscc: exampleUscc(1),
  ownerName: '示例水务运营单位',
  responsibleUnit: '示例管网运行处',
  roleContact: { unit: '示例管网运行处', phone: '0731-85550000', mailbox: 'guanwang@agency.example' },
  contact: { name: '示例联系人', mobile: '13000000000', mail: 'person@agency.example' },
  domains: ['urban-rural-governance'],
  scenarioTypes: ['urban-rural-governance.01'],
  region: '430102',
  publicSafety: false,
  personalData: 'none',
};

const own: Record<Kind, JsonObject> = {
  opportunity: {
    scenarioKind: 'small-incision',
    supplyAreas: ['governance'],
    industry: 'D46',
    problem: '片区内三处供水管网建成超过 25 年，漏损主要靠人工听音排查。',
    currentState: '从发现到定位平均需要 72 小时。',
    wantedResult: '不大面积开挖，把漏点定位缩短到 4 小时以内。',
    plannedFrom: '2027-03-01',
    plannedTo: '2027-12-31',
    responseDeadline: '2027-01-15',
    responsiblePerson: '示例负责人',
    intake: '在本平台报名，管网运行处受理，5 个工作日内答复。',
    metrics: [{ name: '漏点定位时间', unit: '小时', baseline: '平均 72', goal: '不超过 4', method: '抽取 20 处已知漏点比对' }],
    essential: ['数据存放在本市政务云，原始数据不出本市。'],
    desirable: ['近三年有同类场景应用经历。'],
    cooperationMode: 'trial-then-pay',
    resources: [{ type: 'site', text: '三个试用片区' }],
  },
  capability: {
    supplyAreas: ['technology'],
    industry: 'I65',
    supplierClass: 'specialised-sme',
    supplierProof: '示例认定名单第 1 批',
    technology: { what: '示例声学漏损监测', how: '示例：管壁振动采集与边缘识别', difference: '示例：不开挖、断网可续传' },
    maturity: 8,
    maturityEvidence: '示例：两处管网连续运行一年。',
    needsFromSite: '示例：阀门井安装位置和供电。',
    fundingNeed: '无',
  },
  demonstration: {
    from: { opportunity: 'urn:xiangjing:430100:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015', capabilities: [] },
    operator: { name: '示例水务运营单位', uscc: exampleUscc(1) },
    suppliers: [{ name: '示例监测技术公司', uscc: exampleUscc(2) }],
    inOperationSince: '2026-03-01',
    effects: [{ name: '漏点定位时间', baseline: '72', result: '3.5', unit: '小时', period: '2026 年上半年', method: '工单统计' }],
    replicationGuide: '示例：先做管网分区，再安装传感器。',
    costBand: '每公里 5 万至 8 万元',
    conditions: '示例：有分区计量。',
  },
};

/** Core fields of a record that may be published, plainly marked as an example; `more` replaces fields. */
export const exampleCore = (kind: Kind, more: JsonObject = {}): JsonObject => ({ ...common, ...own[kind], ...more });
