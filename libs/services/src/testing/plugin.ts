import { definePlugin, PRESETS, raise, z, type Validator } from '@xiangjing/scenario-sdk';

const windTooStrong: Validator<{ windLevel?: number }> = ({ windLevel }, { stage }) =>
  windLevel !== undefined && windLevel > 12 && stage !== 'draft'
    ? [{ pointer: '/windLevel', severity: 'block', rule: 'windTooStrong', values: { level: windLevel } }]
    : [];

const rules = { windTooStrong: { zh: '风力 {level} 级超出上限', en: 'wind {level}', remedyZh: '不超过 12 级', remedyEn: 'at most 12' } };
const opportunity = z.object({
  windLevel: z.number().int().optional(),
  routes: z.string().max(200).optional(),
  budget: z.number().int().optional(),
});
const labels = { windLevel: PRESETS.pub, routes: raise(PRESETS.lim, { safety: 'ps' }), budget: PRESETS.biz };
const text = {
  windLevel: { zh: '抗风等级', en: 'wind level' },
  routes: { zh: '航线', en: 'routes' },
  budget: { zh: '预算', en: 'budget' },
};

/** A small domain with one attribute of each kind of label and one rule. */
export const testPlugin = definePlugin({
  domain: 'low-altitude-economy',
  version: '1.0.0',
  contract: 1,
  schema: { current: 1, attrs: { opportunity }, labels, text },
  rules,
  validate: { opportunity: () => Promise.resolve({ default: windTooStrong }) },
  ui: { groups: [{ zh: '飞行', en: 'flight', fields: ['windLevel', 'routes', 'budget'] }] },
});

/** The same domain one schema later: one attribute more. */
export const testPluginNext = definePlugin({
  ...testPlugin,
  version: '2.0.0',
  schema: {
    current: 2,
    attrs: { opportunity: opportunity.extend({ payloadKg: z.number().optional() }) },
    labels: { ...labels, payloadKg: PRESETS.pub },
    text: { ...text, payloadKg: { zh: '载重', en: 'payload' } },
  },
});

/** A domain whose rules never answer right. */
export const brokenPlugin = definePlugin({
  domain: 'ecology',
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: { opportunity: z.object({ river: z.string().optional() }) },
    labels: { river: PRESETS.pub },
    text: { river: { zh: '河段', en: 'river' } },
  },
  validate: {
    opportunity: () =>
      Promise.resolve({
        default: () => {
          throw new Error('broken');
        },
      }),
  },
  ui: { groups: [{ zh: '水体', en: 'water', fields: ['river'] }] },
});

/** Another domain, open, which has a name in common with {@link testPlugin}'s most closed attribute. */
export const namesakePlugin = definePlugin({
  domain: 'healthcare',
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: { opportunity: z.object({ routes: z.string().optional() }) },
    labels: { routes: PRESETS.pub },
    text: { routes: { zh: '就诊路线', en: 'routes' } },
  },
  ui: { groups: [{ zh: '就诊', en: 'visit', fields: ['routes'] }] },
});
