import {
  choice,
  coreFieldsOf,
  definePlugin,
  descriptorOf,
  DOMAINS,
  jsonSchemaOf,
  Kind,
  named,
  PRESETS,
  planSource,
  raise,
  REGIONS,
  z,
} from '@xiangjing/scenario-sdk';
import type { Vocabulary } from '../views.ts';

/** A small domain of the shape real plug-ins have: a choice, a quantity, a nested object and a withheld list. */
const attrs = z.object({
  uavClass: choice({ light: '轻型|light', medium: '中型|medium' }),
  payload: z.number().min(0).max(100).meta({ 'x-unit': 'kg' }).optional(),
  insurance: z.strictObject({ amount: named(z.string(), '保额|amount', 'CNY'), until: named(z.iso.date(), '保险期至|until') }).optional(),
  routes: z.array(z.strictObject({ name: named(z.string(), '航线名称|route') })).optional(),
});
const plugin = definePlugin({
  domain: 'low-altitude-economy',
  version: '1.0.0',
  contract: 1,
  schema: {
    current: 1,
    attrs: { capability: attrs, opportunity: attrs, demonstration: attrs },
    labels: { uavClass: PRESETS.pub, payload: PRESETS.pub, insurance: PRESETS.biz, routes: raise(PRESETS.lim, { safety: 'ps' }) },
    text: {
      uavClass: { zh: '无人机类别', en: 'UAV class', hintZh: '按条例分类' },
      payload: { zh: '载重', en: 'Payload', unit: 'kg' },
      insurance: { zh: '责任保险', en: 'Liability insurance' },
      routes: { zh: '航线', en: 'Routes', hintZh: '不离开本节点' },
    },
  },
  ui: {
    groups: [
      { zh: '飞行器', en: 'Aircraft', fields: ['uavClass', 'payload', 'insurance'] },
      { zh: '航线与空域', en: 'Routes', fields: ['routes'] },
    ],
  },
});

const fieldsOf = (kind: Kind) =>
  coreFieldsOf(kind).flatMap(({ path, group, titleZh, hintZh, need, label, schema }) => {
    const needed = need[kind];
    if (needed === 'derived' || needed === 'absent') return [];
    return [{ path, group, titleZh, ...(hintZh ? { hintZh } : {}), need: needed, label, schema: json(jsonSchemaOf(schema)) }];
  });

const json = (value: unknown): Vocabulary['kinds']['opportunity']['fields'][number]['schema'] => JSON.parse(JSON.stringify(value));

/** What a node answers to `catalogue.vocabulary`, with one plug-in. */
export function testVocabulary(): Vocabulary {
  const { version, schema, kinds, labels, texts, form } = descriptorOf(plugin);
  const described = {
    version,
    schema,
    kinds: { capability: json(kinds.capability), opportunity: json(kinds.opportunity), demonstration: json(kinds.demonstration) },
    labels,
    texts,
    form: json(form),
  };
  return {
    source: { title: planSource.title, number: planSource.number },
    domains: DOMAINS.map(({ code, nameZh, nameEn, leadDepartments, terms }) => ({
      code,
      nameZh,
      nameEn,
      leadDepartments: [...leadDepartments],
      terms: terms.map((term) => ({ code: term.code, nameZh: term.nameZh })),
      plugin: code === plugin.domain ? described : null,
    })),
    kinds: {
      capability: { nameZh: '场景能力', fields: fieldsOf('capability') },
      opportunity: { nameZh: '场景机会', fields: fieldsOf('opportunity') },
      demonstration: { nameZh: '场景示范', fields: fieldsOf('demonstration') },
    },
    regions: REGIONS.map(({ adcode, nameZh, parent }) => ({ adcode, nameZh, parent })),
  };
}
