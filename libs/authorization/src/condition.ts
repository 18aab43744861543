/**
 * The restricted grammar of rules over `listed_record`: NOT NULL columns, positive comparisons, nothing empty. It compiles to a
 * Prisma filter and to SQL (`@xiangjing/authorization/prisma`), and both mean what {@link matches} says in memory: negation, NULL
 * and empty lists are where the three differ, so they cannot be written here.
 */
export const COLUMNS = {
  id: 'text',
  kind: 'text',
  stage: 'text',
  shape: 'text',
  domain: 'text',
  scenarioKind: 'text',
  ownerUscc: 'text',
  origin: 'adcode',
  region: 'adcode',
  domains: 'list',
  scenarioTypes: 'list',
  suspended: 'boolean',
  viewed: 'boolean',
  classified: 'boolean',
  level: 'number',
  pi: 'number',
  safety: 'number',
  share: 'number',
  open: 'number',
  jointLevel: 'number',
  jointPi: 'number',
  jointSafety: 'number',
  jointShare: 'number',
  jointOpen: 'number',
} as const satisfies Record<string, 'text' | 'adcode' | 'list' | 'boolean' | 'number'>;

export type Column = keyof typeof COLUMNS;
type Types = { text: string; adcode: string; list: readonly string[]; boolean: boolean; number: number };
type ColumnType = keyof Types;
type ColumnOf<T extends ColumnType> = { [C in Column]: (typeof COLUMNS)[C] extends T ? C : never }[Column];

/** A row of `listed_record`, as far as rules read it: label axes are ranks. */
export type ListedColumns = { [C in Column]: Types[(typeof COLUMNS)[C]] };

export type NumberColumn = ColumnOf<'number'>;

export type NonEmpty<T> = readonly [T, ...T[]];
type Order = 'lt' | 'lte' | 'gt' | 'gte';

export type Comparison =
  | { field: ColumnOf<'text'>; op: 'equals'; value: string }
  | { field: ColumnOf<'text'>; op: 'in'; value: NonEmpty<string> }
  // six digits order alike in JavaScript and in every collation of PostgreSQL; other texts do not, so they have no order here
  | { field: ColumnOf<'adcode'>; op: 'equals' | 'gte' | 'lte'; value: string }
  | { field: ColumnOf<'adcode'>; op: 'in'; value: NonEmpty<string> }
  | { field: ColumnOf<'list'>; op: 'has'; value: string }
  | { field: ColumnOf<'boolean'>; op: 'equals'; value: boolean }
  | { field: ColumnOf<'number'>; op: 'equals' | Order; value: number }
  | { field: ColumnOf<'number'>; op: 'in'; value: NonEmpty<number> };

/** `never` and `always` are the only conditions without a comparison, and each says so. */
export type Condition = Comparison | { all: NonEmpty<Condition> } | { any: NonEmpty<Condition> } | { never: true } | { always: true };

export const NEVER: Condition = { never: true };
export const ALWAYS: Condition = { always: true };

const isNonEmpty = <T>(list: readonly T[]): list is NonEmpty<T> => list.length > 0;

/** All of the parts; of no parts: always. */
export function allOf(...parts: readonly Condition[]): Condition {
  if (parts.some((part) => 'never' in part)) return NEVER;
  const rest = parts.filter((part) => !('always' in part)).flatMap((part) => ('all' in part ? part.all : [part]));
  if (!isNonEmpty(rest)) return ALWAYS;
  return rest.length === 1 ? rest[0] : { all: rest };
}

/** Any of the parts; of no parts: never. */
export function anyOf(...parts: readonly Condition[]): Condition {
  if (parts.some((part) => 'always' in part)) return ALWAYS;
  const rest = parts.filter((part) => !('never' in part)).flatMap((part) => ('any' in part ? part.any : [part]));
  if (!isNonEmpty(rest)) return NEVER;
  return rest.length === 1 ? rest[0] : { any: rest };
}

/** One of the values; of no values: never. */
export const oneOf = (field: ColumnOf<'text' | 'adcode'>, values: readonly string[]): Condition =>
  isNonEmpty(values) ? ({ field, op: 'in', value: values } as Comparison) : NEVER;

/** What the condition means: the oracle that the compiled filters are tested against. An unknown word is false. */
export function matches(condition: Condition, row: ListedColumns): boolean {
  if ('all' in condition) return condition.all.length > 0 && condition.all.every((part) => matches(part, row));
  if ('any' in condition) return condition.any.some((part) => matches(part, row));
  if ('never' in condition) return false;
  if ('always' in condition) return true;
  return compare(condition, row);
}

type Ordered = string | number;
/** Only values of one type have an order: a missing column is below nothing and above nothing. */
const ordered = (have: unknown, value: Ordered, test: (have: Ordered, value: Ordered) => boolean): boolean =>
  typeof have === typeof value && test(have as Ordered, value);

function compare(c: Comparison, row: ListedColumns): boolean {
  const have = row[c.field];
  switch (c.op) {
    case 'equals':
      return have === c.value;
    case 'in':
      return (c.value as readonly unknown[]).includes(have);
    case 'has':
      return Array.isArray(have) && have.includes(c.value);
    case 'lt':
      return ordered(have, c.value, (a, b) => a < b);
    case 'lte':
      return ordered(have, c.value, (a, b) => a <= b);
    case 'gt':
      return ordered(have, c.value, (a, b) => a > b);
    case 'gte':
      return ordered(have, c.value, (a, b) => a >= b);
    default:
      return false;
  }
}
