import type { RuleText } from '@xiangjing/scenario-sdk';

/** What each rule says. The rules themselves stand in rules.ts, under the same names. */
export const RULES = {
  'content-label': {
    zh: '使用了人工智能生成合成内容而没有标识，不能发布。',
    en: 'Generated or assisted content without its label cannot be published.',
    remedyZh: '按《人工智能生成合成内容标识办法》加标识后，勾选“已加生成内容标识”。',
    remedyEn: 'Label the content, then tick “content label shown”.',
  },
  'rights-territory': {
    zh: '“{work}”的许可地域不包括 {region}。',
    en: 'The rights in “{work}” do not cover {region}.',
    remedyZh: '取得这一地区的许可，或更换作品。',
    remedyEn: 'Obtain the rights for this region, or use another work.',
  },
  'rights-period': {
    zh: '“{work}”的许可期（{from} 至 {to}）没有覆盖整个展演期（{plannedFrom} 至 {plannedTo}）。',
    en: 'The rights in “{work}” run {from} to {to} and do not cover the whole period {plannedFrom} to {plannedTo}.',
    remedyZh: '续签许可，或缩短展演期。',
    remedyEn: 'Extend the rights, or shorten the period.',
  },
  'heritage-consent': {
    zh: '“{item}”没有保护单位 {unit} 的同意书。',
    en: '“{item}” has no consent of its protecting unit {unit}.',
    remedyZh: '取得同意书后填写名称和日期。',
    remedyEn: 'Obtain the consent and fill in its title and date.',
  },
  'collectible-issuer': {
    zh: '数字藏品没有写发行单位。',
    en: 'A digital collectible names no issuer.',
    remedyZh: '填写发行单位全称。',
    remedyEn: 'Fill in the issuer.',
  },
  'collectible-resale': {
    zh: '数字藏品没有禁止二次交易。',
    en: 'A digital collectible without a ban on resale.',
    remedyZh: '在发行规则中禁止二次交易，并勾选这一项。',
    remedyEn: 'Ban resale in the terms of issue and tick the box.',
  },
} as const satisfies Record<string, RuleText>;
