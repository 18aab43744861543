import type { Condition } from '@xiangjing/authorization';
import { toPrismaWhere, toSql } from '@xiangjing/authorization/prisma';
import type { Prisma } from '@xiangjing/db';

/** Rules over the read table of lists, bound once to the generated client's types. */
export const listedWhere = (rule: Condition): Prisma.ListedRecordWhereInput => toPrismaWhere(rule);

/** The same rule as an SQL fragment, for catalogue's list query; `parameters` takes its values. */
export function listedSql(rule: Condition, parameters: unknown[], alias: string): string {
  const { text, values } = toSql(rule, { firstParameter: parameters.length + 1, alias });
  parameters.push(...values);
  return `(${text})`;
}
