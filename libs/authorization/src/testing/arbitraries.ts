import {
  CITIES,
  DOMAIN_CODES,
  floored,
  isFloored,
  join,
  Kind,
  NODES,
  PRESETS,
  Stage,
  type Label,
  type RoleGrant,
} from '@xiangjing/scenario-sdk';
import fc from 'fast-check';
import type { Actor } from '../actor.ts';
import { COLUMNS, type Column, type Comparison, type Condition, type ListedColumns } from '../condition.ts';
import type { Target } from '../target.ts';
import { AGENCY, ALL_LABELS, FIRM, OTHER_AGENCY, person, TRADER } from './subjects.ts';

export const anyLabel: fc.Arbitrary<Label> = fc.constantFrom(...ALL_LABELS);
export const flooredLabel: fc.Arbitrary<Label> = fc.constantFrom(...ALL_LABELS.filter(isFloored));

/** Any label, and the presets as often: rows of a table that one label in three hundred reaches are reached. */
export const commonLabel: fc.Arbitrary<Label> = fc.oneof(anyLabel, fc.constantFrom(...Object.values(PRESETS)));

const uscc = fc.constantFrom(AGENCY, OTHER_AGENCY, FIRM, TRADER);
const adcode = fc.constantFrom('430100', '430102', '430111', '430200', '430202', '430000');
const domain = fc.constantFrom(...DOMAIN_CODES.slice(0, 4));
const scopeText = fc.oneof(
  fc.constantFrom('43', '430000', '4301', '430100', '430102', '4302'),
  uscc.map((code) => `org:${code}`),
  domain.map((code) => `domain:${code}`),
);
const role = fc.constantFrom<RoleGrant['role']>(
  'owner',
  'checker',
  'lead',
  'coordinator',
  'steward',
  'supervisor',
  'analyst',
  'node-operator',
);

const anyPerson = fc
  .record({
    grants: fc.array(
      fc.tuple(role, scopeText).map(([name, scope]) => `${name}@${scope}`),
      { maxLength: 3 },
    ),
    clearance: fc.record({
      level: fc.constantFrom('L1', 'L3', 'L4', 'CORE'),
      pi: fc.constantFrom('none', 'pi', 'spi'),
      safety: fc.constantFrom('ordinary', 'ps'),
    } as const),
    trainingUntil: fc.constantFrom(null, '2026-11-23', '2026-11-24', '2027-06-30'),
    steppedUp: fc.boolean(),
    organisationVerified: fc.boolean(),
  })
  .map(({ grants, ...more }) => person(grants, more));

export const anyActor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 12, arbitrary: anyPerson },
  fc.constantFrom<Actor>(
    { type: 'anonymous' },
    { type: 'service', clientId: 'script' },
    { type: 'node', adcode: '430100' },
    { type: 'node', adcode: '430200' },
    { type: 'node', adcode: '430000' },
    { type: 'job', name: 'egress' },
  ),
);
export const anyHome: fc.Arbitrary<string> = fc.constantFrom('430100', '430200', '430000');

/** A record as the database can hold it: labels under their floors cannot be stored. */
export const anyTarget: fc.Arbitrary<Target> = fc
  .record({
    origin: fc.constantFrom('430100', '430200', '430000'),
    kind: fc.constantFrom(...Kind.options),
    ownerUscc: uscc,
    region: fc.oneof(adcode, fc.constant('')),
    domains: fc.uniqueArray(domain, { minLength: 1, maxLength: 3 }),
    label: flooredLabel,
    more: fc.oneof(fc.constant(undefined), flooredLabel),
    classified: fc.boolean(),
    stage: fc.constantFrom(...Stage.options),
    suspended: fc.boolean(),
    viewed: fc.boolean(),
  })
  .map(({ more, ...rest }) => ({ ...rest, joint: more ? join(rest.label, more) : floored(rest.label) }));

const WORDS: Record<(typeof COLUMNS)[Column], fc.Arbitrary<unknown>> = {
  text: fc.constantFrom('', 'a', 'b', "o'k", '%', 'a_c', '养老', 'A'),
  adcode: fc.constantFrom(
    ...NODES.map((node) => node.adcode),
    '430102',
    '430199',
    '433100',
    ...CITIES.slice(0, 2).map((city) => city.adcode),
  ),
  list: fc.uniqueArray(fc.constantFrom('healthcare', 'education', "o'k", '{a,b}', '"'), { maxLength: 3 }),
  boolean: fc.boolean(),
  number: fc.integer({ min: 0, max: 5 }),
};
const SHAPE = fc.constantFrom('full', 'summary', 'listed', 'stub');
const columns = Object.keys(COLUMNS) as Column[];

/** A row of the read table, as far as rules read it. */
export const anyRow: fc.Arbitrary<ListedColumns> = fc.record(
  Object.fromEntries(columns.map((column) => [column, column === 'shape' ? SHAPE : WORDS[COLUMNS[column]]])),
) as fc.Arbitrary<unknown> as fc.Arbitrary<ListedColumns>;

const nonEmpty = <T>(word: fc.Arbitrary<T>) => fc.array(word, { minLength: 1, maxLength: 3 });
const OPS = {
  text: ['equals'],
  adcode: ['equals', 'gte', 'lte'],
  boolean: ['equals'],
  number: ['equals', 'lt', 'lte', 'gt', 'gte'],
} as const;
const comparison: fc.Arbitrary<Comparison> = fc.constantFrom(...columns).chain((field) => {
  const type = COLUMNS[field];
  const word = WORDS[type];
  if (type === 'list')
    return fc.constantFrom('healthcare', "o'k", '{a,b}', '"', 'none').map((value) => ({ field, op: 'has', value }) as Comparison);
  const one = fc.tuple(fc.constantFrom(...OPS[type]), word).map(([op, value]) => ({ field, op, value }) as Comparison);
  return type === 'boolean'
    ? one
    : fc.oneof(
        one,
        nonEmpty(word).map((value) => ({ field, op: 'in', value }) as unknown as Comparison),
      );
});

/** Any condition of the grammar, `never` and `always` at any depth among them. */
export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: comparison },
    { weight: 1, arbitrary: fc.constant<Condition>({ never: true }) },
    { weight: 1, arbitrary: fc.constant<Condition>({ always: true }) },
    { weight: 3, arbitrary: nonEmpty(tie('condition')).map((all) => ({ all }) as unknown as Condition) },
    { weight: 3, arbitrary: nonEmpty(tie('condition')).map((any) => ({ any }) as unknown as Condition) },
  ),
})).condition;
