import { approvalRef, choice, named, PRESETS, raise, z, type AttributeText, type FormSpec, type Label } from '@xiangjing/scenario-sdk';

const date = z.iso.date();
const text = z.string().trim().min(1);
const count = z.number().int().min(0).max(1_000_000_000);
const percent = z.number().min(0).max(100);

const disease = z.strictObject({
  system: named(choice({ 'icd-10': 'ICD-10|ICD-10', tcm: '中医病证分类|TCM' }), '编码体系|system'),
  code: named(text.max(20), '编码|code'),
  name: named(text.max(60), '名称|name'),
});
const registration = z.strictObject({
  deviceClass: named(choice({ I: '第一类|class I', II: '第二类|class II', III: '第三类|class III' }), '管理类别|class'),
  number: named(text.max(60), '注册证或备案号|number'),
});
const accuracy = z.strictObject({
  measure: named(text.max(60), '指标|measure'),
  value: named(percent, '数值|value', '%'),
  lower: named(percent, '95% 置信区间下限|lower bound', '%'),
  upper: named(percent, '95% 置信区间上限|upper bound', '%'),
  sample: named(count, '样本量|sample size'),
});
const adverseEvents = z.strictObject({
  total: named(count, '不良事件数|events'),
  serious: named(count, '其中严重事件|serious'),
  reportedOn: named(date, '向监测机构报告日期|reported on').optional(),
});

/** Schema 1. A new attribute is one line here, one in `labels`, one in `texts` and its name in `form`; the compiler names what is missing. */
export const attributes = z.object({
  institutionLevel: choice({ primary: '基层|primary', secondary: '二级|secondary', tertiary: '三级|tertiary' }).optional(),
  diseaseCodes: z.array(disease).max(50).optional(),
  patientData: choice({
    none: '不使用|none',
    aggregate: '汇总数据|aggregate',
    'de-identified': '去标识化数据|de-identified',
    identifiable: '可识别个人的数据|identifiable',
  }).optional(),
  ethicsApproval: approvalRef.optional(),
  deviceRegistration: registration.optional(),
  humanInLoop: choice({ none: '无人复核|none', review: '医师复核|reviewed', decide: '医师决定|decided by a doctor' }).optional(),
  accuracy: accuracy.optional(),
  adverseEvents: adverseEvents.optional(),
  adverseEventDetail: z.array(text.max(2000)).max(50).optional(),
  beds: count.optional(),
});
export type Attributes = z.infer<typeof attributes>;
type Name = keyof Attributes;

const { pub, biz, lim, top } = PRESETS;

export const labels: Record<Name, Label> = {
  institutionLevel: pub,
  diseaseCodes: pub,
  patientData: biz,
  ethicsApproval: biz,
  deviceRegistration: pub,
  humanInLoop: pub,
  accuracy: lim,
  adverseEvents: biz,
  adverseEventDetail: raise(top, { pi: 'spi' }),
  beds: pub,
};

export const texts: Record<Name, AttributeText> = {
  institutionLevel: { zh: '机构级别', en: 'Level of institution' },
  diseaseCodes: { zh: '病种', en: 'Diseases', hintZh: 'ICD-10 或中医病证分类编码' },
  patientData: { zh: '使用的患者数据', en: 'Patient data used', hintZh: '可识别个人的数据不接受；在原处计算须另行授权' },
  ethicsApproval: { zh: '伦理审查批件', en: 'Ethics approval', hintZh: '诊疗类场景自对接起必填' },
  deviceRegistration: { zh: '医疗器械注册', en: 'Device registration' },
  humanInLoop: { zh: '医师参与方式', en: 'Doctor in the loop' },
  accuracy: { zh: '准确性', en: 'Accuracy', hintZh: '样本量不少于 100，并给出置信区间' },
  adverseEvents: { zh: '不良事件', en: 'Adverse events' },
  adverseEventDetail: { zh: '不良事件经过', en: 'Detail of adverse events', hintZh: '含敏感个人信息：不离开本节点，不写患者姓名' },
  beds: { zh: '床位数', en: 'Beds' },
};

export const form: FormSpec<Name> = {
  groups: [
    { zh: '机构与病种', en: 'Institution and diseases', fields: ['institutionLevel', 'beds', 'diseaseCodes'] },
    { zh: '数据与伦理', en: 'Data and ethics', fields: ['patientData', 'ethicsApproval'] },
    { zh: '产品与效果', en: 'Product and effect', fields: ['deviceRegistration', 'humanInLoop', 'accuracy'] },
    { zh: '安全', en: 'Safety', fields: ['adverseEvents', 'adverseEventDetail'] },
  ],
  columns: ['institutionLevel', 'humanInLoop'],
  facets: ['institutionLevel'],
  sorts: ['beds'],
};
