import { definePlugin } from '@xiangjing/scenario-sdk';
import { attributes, form, labels, texts } from './attributes.ts';
import { RULES } from './rule-texts.ts';

const rules = () => import('./rules.ts');

/** 低空经济: what drones are to fly where, with which permissions. */
export const plugin = definePlugin({
  domain: 'low-altitude-economy',
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: {
      capability: attributes.omit({ routes: true, airspaceApproval: true }),
      opportunity: attributes,
      demonstration: attributes,
    },
    labels,
    text: texts,
  },
  rules: RULES,
  validate: { capability: rules, opportunity: rules, demonstration: rules },
  ui: form,
});
