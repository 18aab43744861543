import { definePlugin } from '@xiangjing/scenario-sdk';
import { attributes, form, labels, texts } from './attributes.ts';
import { RULES } from './rule-texts.ts';

const rules = () => import('./rules.ts');

/** 文化和科技融合: what is shown where, made how, and with whose rights. */
export const plugin = definePlugin({
  domain: 'culture-technology',
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: { capability: attributes.omit({ visitorCapacity: true, boxOffice: true }), opportunity: attributes, demonstration: attributes },
    labels,
    text: texts,
  },
  rules: RULES,
  validate: { capability: rules, opportunity: rules, demonstration: rules },
  ui: form,
});
