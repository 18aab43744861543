import { definePlugin } from '@xiangjing/scenario-sdk';
import { attributes, form, labels, texts } from './attributes.ts';
import { RULES } from './rule-texts.ts';

const rules = () => import('./rules.ts');

/** 医疗卫生: what is used where in care, on which data, with which approvals. It never holds patients. */
export const plugin = definePlugin({
  domain: 'healthcare',
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: { capability: attributes, opportunity: attributes, demonstration: attributes },
    labels,
    text: texts,
  },
  rules: RULES,
  validate: { capability: rules, opportunity: rules, demonstration: rules },
  ui: form,
});
