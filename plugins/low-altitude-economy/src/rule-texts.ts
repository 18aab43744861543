import type { RuleText } from '@xiangjing/scenario-sdk';

/** What each rule says. The rules themselves stand in rules.ts, under the same names. */
export const RULES = {
  'class-mass': {
    zh: '最大起飞重量 {mass} kg 与所选类别不符，该类别为 {range}。',
    en: 'A take-off mass of {mass} kg does not fit the class, which is {range}.',
    remedyZh: '改正重量，或改选相符的类别。',
    remedyEn: 'Correct the mass or choose the class that fits.',
  },
  'height-band': {
    zh: '航线“{route}”的下限高于上限。',
    en: 'The lower limit of route “{route}” is above its upper limit.',
    remedyZh: '改正高度，单位为米，填离地真高。',
    remedyEn: 'Correct the heights, in metres above ground.',
  },
  'approval-needed': {
    zh: '航线“{route}”真高超过 120 米或在管制空域，要有空域批准。',
    en: 'Route “{route}” goes above 120 m or leaves open airspace and needs an approval.',
    remedyZh: '填写“空域批准”，或把航线降到 120 米以下的适飞空域。',
    remedyEn: 'Fill in the airspace approval, or keep the route under 120 m in open airspace.',
  },
  'covers-trial': {
    zh: '有效期（{from} 至 {to}）没有覆盖整个计划期（{plannedFrom} 至 {plannedTo}）。',
    en: 'Valid {from} to {to}, which does not cover the whole planned period {plannedFrom} to {plannedTo}.',
    remedyZh: '办理延期后改填新的有效期，或缩短计划期。',
    remedyEn: 'Have it extended, or shorten the planned period.',
  },
  'survey-licence': {
    zh: '无人机地理测绘要有测绘资质。',
    en: 'Surveying by UAV needs a surveying licence.',
    remedyZh: '填写“测绘资质”的证书编号、发证单位和有效期。',
    remedyEn: 'Fill in number, authority and validity of the surveying licence.',
  },
  'serious-incident': {
    zh: '{date} 的严重事件或事故还没有结束调查，不能发布。',
    en: 'The serious incident of {date} is still under investigation; the record cannot be published.',
    remedyZh: '调查结束后填写“调查结束日期”。',
    remedyEn: 'Fill in the closing date when the investigation has ended.',
  },
} as const satisfies Record<string, RuleText>;
