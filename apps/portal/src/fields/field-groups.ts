import { CORE_GROUPS, z, type Kind, type Label } from '@xiangjing/scenario-sdk';
import type { Vocabulary } from '../views.ts';
import { readFieldSchema, type FieldSchema } from './field-schema.ts';

/** One top-level field of a record as forms and pages use it: a core field, or an attribute of the domain's plug-in. */
export interface Field {
  /** `core.title`, `attrs.routes` */
  path: string;
  part: 'core' | 'attrs';
  name: string;
  title: string;
  hint: string | undefined;
  need: 'submit' | 'publish' | 'optional';
  label: Label;
  schema: FieldSchema;
}
export interface FieldGroup {
  code: string;
  title: string;
  fields: Field[];
}

const Form = z.looseObject({ groups: z.array(z.looseObject({ zh: z.string(), fields: z.array(z.string()) })) });

function coreGroups(vocabulary: Vocabulary, kind: Kind): FieldGroup[] {
  const groups = new Map<string, FieldGroup>();
  for (const { path, group, titleZh, hintZh, need, label, schema } of vocabulary.kinds[kind].fields) {
    const title = CORE_GROUPS.find(({ code }) => code === group)?.titleZh ?? group;
    const into = groups.get(group) ?? { code: group, title, fields: [] };
    into.fields.push({
      path,
      part: 'core',
      name: path.replace(/^core\./, ''),
      title: titleZh,
      hint: hintZh,
      need,
      label,
      schema: readFieldSchema(schema),
    });
    groups.set(group, into);
  }
  return [...groups.values()];
}

/** The attributes of a domain, in the order and groups its plug-in names; none where the domain has no plug-in for this kind. */
function attributeGroups(vocabulary: Vocabulary, kind: Kind, domain: string): FieldGroup[] {
  const plugin = vocabulary.domains.find(({ code }) => code === domain)?.plugin;
  const attributes = readFieldSchema(plugin?.kinds[kind]);
  const form = Form.safeParse(plugin?.form);
  if (!plugin || !attributes.properties) return [];
  const fieldOf = (name: string): Field[] => {
    const schema = attributes.properties?.[name];
    const label = plugin.labels[name];
    const text = plugin.texts[name];
    if (!schema || !label) return [];
    const need = attributes.required?.includes(name) ? 'submit' : 'optional';
    const unit = text?.unit ? { 'x-unit': text.unit } : {};
    return [
      {
        path: `attrs.${name}`,
        part: 'attrs',
        name,
        title: text?.zh ?? name,
        hint: text?.hintZh,
        need,
        label,
        schema: { ...unit, ...schema },
      },
    ];
  };
  const named = form.success ? form.data.groups.map(({ zh, fields }, i) => ({ code: `attrs-${i}`, title: zh, names: fields })) : [];
  const groups = named.length > 0 ? named : [{ code: 'attrs-0', title: '', names: Object.keys(attributes.properties) }];
  return groups
    .map(({ code, title, names }) => ({ code, title, fields: names.flatMap(fieldOf) }))
    .filter((group) => group.fields.length > 0);
}

/** All fields of a kind in a domain: what the node's vocabulary says, in form order. */
export const fieldGroups = (vocabulary: Vocabulary, kind: Kind, domain: string): { core: FieldGroup[]; attrs: FieldGroup[] } => ({
  core: coreGroups(vocabulary, kind),
  attrs: attributeGroups(vocabulary, kind, domain),
});
