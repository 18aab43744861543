import { accessibleBy, createPrismaAbility, type PrismaQueryOf } from '@casl/prisma/runtime';
import type { Ability } from '@casl/ability';
import type { ListedAction, ListedRule } from '../ability.ts';
import { NO_ROW, toPrismaWhere, type ListedWhere } from './to-prisma-where.ts';

/** The part of a generated client's types that an ability over listed rows needs. */
interface ListedTypeMap {
  model: { ListedRecord: { operations: { findFirst: { args: { where?: ListedWhere } } } } };
}
export type PrismaListedAbility = Ability<[ListedAction, 'ListedRecord'], PrismaQueryOf<ListedTypeMap>>;

/** The rules of a caller as an ability whose conditions are Prisma filters. */
export const prismaAbility = (rules: readonly ListedRule[]): PrismaListedAbility =>
  createPrismaAbility<PrismaListedAbility>(rules.map((rule) => ({ ...rule, conditions: toPrismaWhere(rule.conditions) })));

/**
 * What the ability lets a caller read, as a Prisma filter: the only place that asks `accessibleBy`. Without a rule it answers an
 * empty `OR`, which Prisma drops inside `AND`, and everything is readable; here that is a filter no row passes, anywhere it stands.
 */
export function readable(ability: PrismaListedAbility, type: 'ListedRecord', action: ListedAction = 'view'): ListedWhere {
  const where: ListedWhere = accessibleBy(ability, action).ofType(type);
  return where.OR?.length === 0 ? NO_ROW : where;
}
