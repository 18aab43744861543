import { DomainError, type ErrorCode } from './errors.ts';
import type { JsonSchema } from './descriptor.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { Kind } from './kinds.ts';
import { Label, isFloored, labelText } from './label.ts';
import { CONTRACT, type Plugin, type PluginSpec, type Shapes } from './plugin.ts';
import { findDomain } from './vocabulary.ts';

/**
 * Defines a domain: its attributes with a label and a text each, its rules, its form. Checks at once what the compiler cannot
 * see and throws a {@link DomainError} that names the place.
 *
 * @example
 * export const plugin = definePlugin({
 *   domain: 'healthcare', version: '1.0.0', contract: 1,
 *   schema: {
 *     current: 1,
 *     attrs: { opportunity: z.object({ beds: z.number().int().optional() }) },
 *     labels: { beds: PRESETS.pub },
 *     text: { beds: { zh: '床位数', en: 'beds' } },
 *   },
 * });
 */
export function definePlugin<const A extends Shapes, const R extends string = never>(spec: PluginSpec<A, R>): Readonly<PluginSpec<A, R>> {
  checkPlugin(spec as unknown as Plugin);
  return Object.freeze(spec);
}

const NAME = /^[a-z][A-Za-z0-9]*$/;

/** The checks of {@link definePlugin}, for a host that is handed a plug-in it did not see being defined. */
export function checkPlugin(plugin: Plugin): void {
  const refuse = (code: ErrorCode, place: string, message: string, remedy: string): never => {
    throw new DomainError(code, `${plugin.domain} ${place}: ${message}`, { remedy, details: { domain: plugin.domain, place } });
  };
  const { schema } = plugin;
  if (!findDomain(plugin.domain)) refuse('MANIFEST_INVALID', 'domain', 'no domain of the plan has this code', 'use one of DOMAIN_CODES');
  if (plugin.contract < CONTRACT)
    refuse('CONTRACT_TOO_OLD', 'contract', `speaks ${plugin.contract}, served is ${CONTRACT}`, 'move the plug-in to the present contract');
  if (plugin.contract > CONTRACT)
    refuse('CONTRACT_TOO_NEW', 'contract', `speaks ${plugin.contract}, served is ${CONTRACT}`, 'upgrade the node first');
  if (!/^\d+\.\d+\.\d+$/.test(plugin.version))
    refuse('MANIFEST_INVALID', 'version', 'is not major.minor.patch', 'write a version like 1.0.0');
  if (!Number.isInteger(schema.current) || schema.current < 1)
    refuse('MANIFEST_INVALID', 'schema.current', 'is not an integer from 1', 'schema numbers start at 1');

  const names = attributeNames(plugin);
  for (const name of names) {
    const label = schema.labels[name];
    if (!NAME.test(name)) refuse('MANIFEST_INVALID', `schema.attrs.${name}`, 'is not a camelCase name', 'rename the attribute');
    if (label === undefined || !Label.safeParse(label).success)
      refuse('LABEL_MISSING', `schema.labels.${name}`, 'has no whole label', 'give every attribute a label: PRESETS.pub, biz, lim or top');
    else if (!isFloored(label))
      refuse(
        'LABEL_FLOOR',
        `schema.labels.${name}`,
        `${labelText(label)} lies under its own floors`,
        'build labels with raise() or join()',
      );
    if (!schema.text[name]?.zh || !schema.text[name]?.en)
      refuse('MANIFEST_INVALID', `schema.text.${name}`, 'has no zh or en text', 'name every attribute in both languages');
  }
  for (const [place, used] of namesUsed(plugin)) {
    const unknown = used.find((name) => !names.has(name));
    if (unknown !== undefined)
      refuse('MANIFEST_INVALID', place, `names “${unknown}”, which no kind has`, 'correct the name or add the attribute');
  }
  const kinds = schemasOf(plugin, (kind, cause) => {
    refuse(
      'MANIFEST_INVALID',
      `schema.attrs.${kind}`,
      `is not plain JSON (${cause})`,
      'use plain JSON types; dates are ISO strings, rules belong in validate',
    );
  });
  for (const name of names) {
    const shapes = new Set(kinds.flatMap((k) => (k.properties?.[name] ? [JSON.stringify(k.properties[name])] : [])));
    if (shapes.size > 1)
      refuse(
        'MANIFEST_INVALID',
        `schema.attrs.${name}`,
        'has another shape in another kind',
        'share one schema value: one name means one thing',
      );
  }
}

const attributeNames = (plugin: Plugin): Set<string> =>
  new Set(Kind.options.flatMap((kind) => Object.keys(plugin.schema.attrs[kind]?.shape ?? {})));

function schemasOf(plugin: Plugin, refuse: (kind: Kind, cause: string) => void): JsonSchema[] {
  return Kind.options.flatMap((kind) => {
    const attrs = plugin.schema.attrs[kind];
    if (!attrs) return [];
    try {
      return [jsonSchemaOf(attrs)];
    } catch (error) {
      refuse(kind, error instanceof Error ? error.message : String(error));
      return [];
    }
  });
}

/** Every place that names attributes, with the names. */
function namesUsed({ schema, ui }: Plugin): [string, readonly string[]][] {
  return [
    ['schema.labels', Object.keys(schema.labels)],
    ['schema.text', Object.keys(schema.text)],
    ['ui.groups', (ui?.groups ?? []).flatMap((g) => g.fields)],
    ['ui.columns', ui?.columns ?? []],
    ['ui.facets', ui?.facets ?? []],
    ['ui.sorts', ui?.sorts ?? []],
  ];
}
