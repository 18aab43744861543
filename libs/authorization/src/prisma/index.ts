import type { Condition } from '../condition.ts';

// Signatures first; the bodies follow in files of their own.
/** A filter for the ListedRecord model; assignable to its `WhereInput`. */
export type ListedWhere = { [key: string]: unknown };
export declare function toPrismaWhere(condition: Condition): ListedWhere;
export declare function toSql(
  condition: Condition,
  options: { firstParameter: number; alias?: string },
): { text: string; values: unknown[] };
