import type { Descriptor } from './descriptor.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { Kind } from './kinds.ts';
import type { FormSpec, Plugin } from './plugin.ts';

/** The plug-in as data: what the API shows, a form is drawn from and another node needs. */
export function descriptorOf(plugin: Plugin): Descriptor {
  const { domain, version, contract, schema } = plugin;
  const kinds = Object.fromEntries(
    Kind.options.flatMap((kind) => {
      const attrs = schema.attrs[kind];
      return attrs ? [[kind, jsonSchemaOf(attrs)]] : [];
    }),
  );
  return {
    domain,
    version,
    contract,
    schema: schema.current,
    kinds,
    labels: { ...schema.labels },
    texts: Object.fromEntries(Object.entries(schema.text).map(([name, text]) => [name, { ...text }])),
    form: plugin.ui ?? formInSchemaOrder(plugin),
    facets: [...(plugin.ui?.facets ?? [])],
    sorts: [...(plugin.ui?.sorts ?? [])],
  };
}

/** Without a form of its own a plug-in shows its attributes in the order they are written. */
function formInSchemaOrder({ schema }: Plugin): FormSpec {
  return { groups: [{ zh: '领域属性', en: 'Domain attributes', fields: Object.keys(schema.text) }] };
}
