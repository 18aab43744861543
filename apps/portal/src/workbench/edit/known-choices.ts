import { isWithin } from '@xiangjing/scenario-sdk';
import type { Field } from '../../fields/field-groups.ts';
import type { FieldSchema } from '../../fields/field-schema.ts';
import type { Vocabulary } from '../../views.ts';

const choices = (schema: FieldSchema, entries: { code: string; nameZh: string }[]): FieldSchema => ({
  ...schema,
  enum: entries.map(({ code }) => code),
  'x-zh': Object.fromEntries(entries.map(({ code, nameZh }) => [code, nameZh])),
});

/** Fields whose choices depend on more than their schema: regions of this node, scenario types of the domains chosen. */
export function withKnownChoices(field: Field, vocabulary: Vocabulary, using: { adcode: string; domains: unknown }): Field {
  if (field.path === 'core.region') {
    const regions = vocabulary.regions.filter(({ adcode }) => isWithin(adcode, using.adcode));
    return {
      ...field,
      schema: choices(
        field.schema,
        regions.map(({ adcode, nameZh }) => ({ code: adcode, nameZh })),
      ),
    };
  }
  if (field.path === 'core.scenarioTypes' && field.schema.items) {
    const chosen: unknown[] = Array.isArray(using.domains) ? using.domains : [];
    const terms = vocabulary.domains.filter(({ code }) => chosen.includes(code)).flatMap((domain) => domain.terms);
    return { ...field, schema: { ...field.schema, items: choices(field.schema.items, terms) } };
  }
  return field;
}
