import { COLUMNS, type Column, type Condition } from '../condition.ts';

interface Filter<T> {
  equals?: T;
  in?: T[];
  lt?: T;
  lte?: T;
  gt?: T;
  gte?: T;
}
type FilterOf<T> = T extends 'list'
  ? { has?: string }
  : T extends 'boolean'
    ? { equals?: boolean }
    : T extends 'number'
      ? Filter<number>
      : Filter<string>;

/** A filter of the ListedRecord model: assignable to the generated client's `ListedRecordWhereInput`. */
export type ListedWhere = { [C in Column]?: FilterOf<(typeof COLUMNS)[C]> } & { AND?: ListedWhere[]; OR?: ListedWhere[] };

/** What no row satisfies, in a form that holds inside `AND` too: Prisma drops an empty `OR` there. */
export const NO_ROW: ListedWhere = { id: { in: [] } };
const EVERY_ROW: ListedWhere = { id: { gte: '' } };

/** The condition as a Prisma filter. */
export function toPrismaWhere(condition: Condition): ListedWhere {
  if ('all' in condition) return { AND: condition.all.map(toPrismaWhere) };
  if ('any' in condition) return { OR: condition.any.map(toPrismaWhere) };
  if ('never' in condition) return NO_ROW;
  if ('always' in condition) return EVERY_ROW;
  const value = condition.op === 'in' ? [...condition.value] : condition.value;
  return { [condition.field]: { [condition.op]: value } };
}
