import { PRESETS, type JsonObject, type Label } from '@xiangjing/scenario-sdk';
import type { RecordView } from '../index.ts';
import { AGENCY, ENTERPRISE, people } from './people.ts';
import type { World } from './world.ts';

const shared: JsonObject = {
  summary: '把漏点定位从三天缩短到四小时，不大面积开挖。',
  validUntil: '2027-12-31',
  responsibleUnit: '供水处',
  roleContact: { unit: '供水处', phone: '0731-88888888', mailbox: 'water@example.gov.cn' },
  contact: { name: '王示例', mobile: '13800000000', mail: 'wang@example.gov.cn' },
  region: '430102',
  publicSafety: false,
  personalData: 'none',
};

/** A whole opportunity, ready for publication. */
export const opportunity = (more: JsonObject = {}): JsonObject => ({
  ...shared,
  title: '老旧管网漏损监测与预警',
  ownerUscc: AGENCY,
  domains: ['urban-rural-governance'],
  scenarioTypes: ['urban-rural-governance.01'],
  scenarioKind: 'small-incision',
  supplyAreas: ['governance'],
  industry: 'D46',
  problem: '漏损主要靠人工听音排查。',
  currentState: '平均七十二小时定位。',
  wantedResult: '四小时内定位。',
  plannedFrom: '2027-01-01',
  plannedTo: '2027-06-30',
  responseDeadline: '2026-12-18',
  responsiblePerson: '李示例',
  intake: '邮件报名，五个工作日答复。',
  metrics: [{ name: '定位时间', unit: '小时', baseline: '72', goal: '不超过 4', method: '抽取二十处比对' }],
  essential: ['设备具备许可'],
  desirable: [],
  cooperationMode: 'trial-then-pay',
  resources: [{ type: 'site', text: '提供三个片区' }],
  ...more,
});

export const capability = (more: JsonObject = {}): JsonObject => ({
  ...shared,
  title: '管网听漏一体化终端',
  ownerUscc: ENTERPRISE,
  domains: ['urban-rural-governance'],
  scenarioTypes: ['urban-rural-governance.01'],
  supplierClass: 'leading-enterprise',
  supplierProof: '示例认定文号',
  technology: { what: '听漏终端', how: '声学阵列', difference: '不开挖' },
  maturity: 7,
  maturityEvidence: '示例中试报告',
  supplyAreas: ['technology'],
  industry: 'C40',
  needsFromSite: '一个片区',
  fundingNeed: '无',
  ...more,
});

export const LABELS = {
  open: PRESETS.pub,
  business: PRESETS.biz,
  limited: PRESETS.lim,
  top: PRESETS.top,
  core: { level: 'CORE', pi: 'none', safety: 'ordinary', share: 'N', open: 'oN' },
  important: { level: 'IMP', pi: 'none', safety: 'ordinary', share: 'N', open: 'oN' },
} satisfies Record<string, Label>;

export const reason = { code: 'other', text: '示例原因' };

export interface Made {
  core?: JsonObject;
  attrs?: JsonObject;
  /** null: none, so that the record is sealed. */
  label?: Label | null;
  fieldLabels?: Record<string, Label>;
}

export const draft = (world: World, { core, attrs, label, fieldLabels }: Made = {}): Promise<RecordView> =>
  world.as(people.owner).catalogue.records.create({
    kind: 'opportunity',
    core: opportunity(core),
    ...(attrs ? { attrs } : {}),
    ...(label === null ? {} : { label: label ?? LABELS.open }),
    ...(fieldLabels ? { fieldLabels } : {}),
  });

/** Takes a record along the steps to a stage, each by somebody who may. */
export async function publishedRecord(world: World, made: Made = {}): Promise<RecordView> {
  let record = await draft(world, made);
  const steps = [
    ['submit', people.owner],
    ['select', people.lead],
    ['publish', people.coordinator],
  ] as const;
  for (const [verb, actor] of steps) record = await world.as(actor).catalogue.records.advance({ id: record.id, rev: record.rev, verb });
  return record;
}
