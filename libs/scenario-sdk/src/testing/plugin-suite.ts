import { checkPlugin } from '../define-plugin.ts';
import { descriptorOf } from '../describe-plugin.ts';
import type { JsonSchema } from '../descriptor.ts';
import { Stage } from '../kinds.ts';
import type { Plugin } from '../plugin.ts';
import { findDomain } from '../vocabulary.ts';
import { Fixture, outcomeOf, type Finding } from './fixture.ts';

export interface SuiteCase {
  name: string;
  /** Throws when the plug-in does not hold. */
  run: () => Promise<void>;
}

/**
 * What every plug-in must hold, and its own fixtures, as cases for any test runner:
 * @example it.each(pluginSuite(plugin, [...valid, ...rules]))('$name', async ({ run }) => { await expect(run()).resolves.toBeUndefined(); });
 */
export function pluginSuite(plugin: Plugin, fixtures: readonly unknown[]): SuiteCase[] {
  const table = fixtures.map((f) => Fixture.parse(f));
  const own = table.map((fixture) => ({
    name: `${fixture.kind}, ${fixture.stage}: ${fixture.name}`,
    run: async () => same(await outcomeOf(plugin, fixture), fixture.expect),
  }));
  return [
    { name: 'describes itself without a fault', run: async () => checkPlugin(plugin) },
    { name: 'names everything in Chinese and English', run: async () => none('without text', unnamed(plugin)) },
    {
      name: 'shows every attribute in its form exactly once',
      run: async () => none('missing or twice in the form', notOnceInForm(plugin)),
    },
    {
      name: 'cites terms of its own domain only',
      run: async () =>
        none(
          'foreign',
          table.flatMap((f) => f.terms.filter((t) => !isOwnTerm(plugin, t))),
        ),
    },
    { name: 'has a valid fixture for every kind', run: async () => none('without a valid fixture', kindsWithout(plugin, table)) },
    { name: 'has a fixture for every rule', run: async () => none('never broken by a fixture', untried(plugin, table)) },
    { name: 'judges an empty record at every stage without throwing', run: async () => empties(plugin) },
    ...own,
  ];
}

function none(what: string, found: readonly string[]): void {
  if (found.length > 0) throw new Error(`${what}: ${found.join(', ')}`);
}

const lines = (findings: readonly Finding[]): string =>
  findings
    .map((f) => `${f.severity} ${f.rule} ${f.pointer}`)
    .sort()
    .join('\n') || 'nothing';

function same(found: readonly Finding[], expected: readonly Finding[]): void {
  if (lines(found) !== lines(expected)) throw new Error(`expected\n${lines(expected)}\nfound\n${lines(found)}`);
}

/** Places of the descriptor where a person would meet a bare code. */
function unnamed(plugin: Plugin): string[] {
  const rules = Object.entries(plugin.rules ?? {}).filter(([, t]) => !t.zh || !t.en || !t.remedyZh || !t.remedyEn);
  const fields = Object.entries(descriptorOf(plugin).kinds).flatMap(([kind, schema]) =>
    Object.entries(schema.properties ?? {}).flatMap(([name, property]) => unnamedIn(property, `${kind}.${name}`)),
  );
  return [...rules.map(([rule]) => `rule ${rule}`), ...fields];
}

function unnamedIn(schema: JsonSchema, path: string): string[] {
  const codes = Array.isArray(schema['enum']) && (!schema['x-zh'] || !schema['x-en']) ? [`codes of ${path}`] : [];
  const items = schema['items'] ? unnamedIn(schema['items'] as JsonSchema, path) : [];
  const fixed = schema['x-kit'] === 'geo-line' ? {} : (schema.properties ?? {});
  const parts = Object.entries(fixed).flatMap(([name, part]) => [
    ...(part['title'] && part['x-en-title'] ? [] : [`${path}.${name}`]),
    ...unnamedIn(part, `${path}.${name}`),
  ]);
  return [...codes, ...items, ...parts];
}

function notOnceInForm(plugin: Plugin): string[] {
  const shown = descriptorOf(plugin).form.groups.flatMap((g) => g.fields);
  return Object.keys(plugin.schema.text).filter((name) => shown.filter((s) => s === name).length !== 1);
}

const isOwnTerm = (plugin: Plugin, term: string): boolean => findDomain(plugin.domain)?.terms.some((t) => t.code === term) ?? false;

const kindsWithout = (plugin: Plugin, table: readonly Fixture[]): string[] =>
  Object.keys(plugin.schema.attrs).filter((kind) => !table.some((f) => f.kind === kind && f.expect.length === 0));

const untried = (plugin: Plugin, table: readonly Fixture[]): string[] =>
  Object.keys(plugin.rules ?? {}).filter((rule) => !table.some((f) => f.expect.some((e) => e.rule === rule)));

async function empties(plugin: Plugin): Promise<void> {
  for (const kind of Object.keys(plugin.schema.attrs)) {
    for (const stage of Stage.options) await outcomeOf(plugin, Fixture.parse({ name: 'empty', kind, stage, attrs: {} }));
  }
}
