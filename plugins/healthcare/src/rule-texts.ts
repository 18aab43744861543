import type { RuleText } from '@xiangjing/scenario-sdk';

/** What each rule says. The rules themselves stand in rules.ts, under the same names. */
export const RULES = {
  'identifiable-data': {
    zh: '不接受使用可识别个人的患者数据的场景。',
    en: 'Scenarios that use identifiable patient data are refused.',
    remedyZh: '改用去标识化或汇总数据；确需在原处计算的，另行申请授权。',
    remedyEn: 'Use de-identified or aggregate data; computing in place needs a grant of its own.',
  },
  'ethics-approval': {
    zh: '诊疗类场景自对接起要有在有效期内的伦理审查批件。',
    en: 'From docking on, a diagnostic scenario needs a valid ethics approval.',
    remedyZh: '填写批件文号、单位和有效期；已过期的先办理延期。',
    remedyEn: 'Fill in number, authority and validity; have an expired one extended.',
  },
  'human-in-loop': {
    zh: '诊疗类场景必须有医师复核或决定。',
    en: 'A diagnostic scenario needs a doctor who reviews or decides.',
    remedyZh: '在“医师参与方式”中选“医师复核”或“医师决定”。',
    remedyEn: 'Choose “reviewed” or “decided by a doctor”.',
  },
  'class-three': {
    zh: '临床专病智能辅助诊疗落地要有第三类医疗器械注册证。',
    en: 'Assisted diagnosis of a disease lands only with a class III device registration.',
    remedyZh: '填写第三类医疗器械注册证编号。',
    remedyEn: 'Fill in the number of the class III registration.',
  },
  'accuracy-sample': {
    zh: '准确性的样本量为 {sample}，至少要 100。',
    en: 'Accuracy rests on a sample of {sample}; at least 100 are needed.',
    remedyZh: '补充样本后再填，或先不填这一项。',
    remedyEn: 'Enlarge the sample, or leave accuracy out for now.',
  },
  'accuracy-interval': {
    zh: '准确性 {value}% 不在置信区间 {lower}% 至 {upper}% 之内。',
    en: 'An accuracy of {value}% lies outside its interval {lower}% to {upper}%.',
    remedyZh: '核对三个数值。',
    remedyEn: 'Check the three values.',
  },
  'icd-shape': {
    zh: '“{code}”不是 ICD-10 编码。',
    en: '“{code}” is not an ICD-10 code.',
    remedyZh: '写字母加两位数字，可带小数点后的细目，如 E11.9。',
    remedyEn: 'A letter and two digits, with a subdivision if any, such as E11.9.',
  },
  'event-count': {
    zh: '严重事件（{serious}）多于不良事件总数（{total}）。',
    en: 'More serious events ({serious}) than events ({total}).',
    remedyZh: '改正两个数中的一个。',
    remedyEn: 'Correct one of the two numbers.',
  },
  'serious-event': {
    zh: '有严重不良事件而没有报告日期，不能发布。',
    en: 'A serious adverse event without a reporting date stops publication.',
    remedyZh: '向不良事件监测机构报告后填写报告日期。',
    remedyEn: 'Report it to the monitoring body and fill in the date.',
  },
} as const satisfies Record<string, RuleText>;
