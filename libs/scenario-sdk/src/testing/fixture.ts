import { z } from 'zod';
import type { JsonObject } from '../document.ts';
import { issuesIn } from '../issues.ts';
import { Kind, Stage } from '../kinds.ts';
import { RuleIssue, type Lazy, type Plugin, type RuleContext, type Validator } from '../plugin.ts';
import type { TermCode } from '../vocabulary.ts';

/** What a record's attributes are expected to be told: a rule of the plug-in, or `shape` where the schema refuses. */
export const Finding = z.strictObject({ pointer: z.string(), rule: z.string(), severity: z.enum(['block', 'warn']).default('block') });
export type Finding = z.infer<typeof Finding>;

/** A frozen record of one schema number, with the outcome expected. */
export const Fixture = z.strictObject({
  name: z.string().min(1),
  kind: Kind,
  stage: Stage.default('solicited'),
  terms: z.array(z.string()).default([]),
  planned: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable().default(null),
  region: z.string().nullable().default(null),
  attrs: z.record(z.string(), z.json()),
  expect: z.array(Finding).default([]),
});
export type Fixture = z.infer<typeof Fixture>;

/** The day on which every fixture is judged. */
export const FIXTURE_DAY = new Date('2026-12-01T08:00:00Z');

/** Judges a fixture as a host does, in memory: shape first, rules only for attributes of the right shape. */
export async function outcomeOf(plugin: Plugin, fixture: Fixture): Promise<Finding[]> {
  const schema = plugin.schema.attrs[fixture.kind];
  if (!schema) throw new Error(`${plugin.domain} has no attributes for ${fixture.kind}`);
  const faults = issuesIn(z.strictObject(schema.shape), fixture.attrs, '', 'ATTRIBUTE_INVALID');
  if (faults.length > 0) return faults.map(({ pointer }) => ({ pointer, rule: 'shape', severity: 'block' }));
  return validated(plugin, fixture);
}

async function validated(plugin: Plugin, { kind, stage, terms, planned, region, attrs }: Fixture): Promise<Finding[]> {
  const lazy = plugin.validate?.[kind] as Lazy<Validator<JsonObject>> | undefined;
  if (!lazy) return [];
  const { default: validate } = await lazy();
  const at: RuleContext = { stage, terms: terms as TermCode[], planned, region };
  const found = await validate(deepFrozen(attrs), at, { signal: { aborted: false }, now: FIXTURE_DAY, log: () => {} });
  return z
    .array(RuleIssue)
    .parse(found)
    .map(({ pointer, rule, severity }) => ({ pointer, rule, severity }));
}

/** A copy that throws when a rule writes to it. */
function deepFrozen<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(deepFrozen)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deepFrozen(inner)]))) as T;
}
