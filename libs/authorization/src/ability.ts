import { Ability, type RawRuleOf } from '@casl/ability';
import type { Actor } from './actor.ts';
import { matches, type Condition, type ListedColumns } from './condition.ts';
import { bodyRule, listRule } from './rules.ts';

/** `list`: the row is in the caller's lists. `view`: the caller may view the whole. */
export type ListedAction = 'list' | 'view';
export type ListedAbility = Ability<[ListedAction, 'ListedRecord' | ListedColumns], Condition>;
export type ListedRule = { action: ListedAction; subject: 'ListedRecord'; conditions: Condition };

/** The rules as CASL has them: positive `can` only, one per alternative, none where nothing is allowed. */
export function abilityRules(actor: Actor, home: string, now: Date): ListedRule[] {
  const rulesOf = (action: ListedAction, rule: Condition): ListedRule[] => {
    const alternatives = 'never' in rule ? [] : 'any' in rule ? rule.any : [rule];
    return alternatives.map((conditions) => ({ action, subject: 'ListedRecord', conditions }));
  };
  return [...rulesOf('list', listRule(actor, home, now)), ...rulesOf('view', bodyRule(actor, home, now))];
}

/**
 * A caller's ability over rows the server loaded. The type of a row is fixed: CASL would believe a type key that came with the data.
 */
export const abilityFor = (actor: Actor, home: string, now: Date): ListedAbility => abilityOf(abilityRules(actor, home, now));

export function abilityOf(rules: readonly ListedRule[]): ListedAbility {
  return new Ability<[ListedAction, 'ListedRecord' | ListedColumns], Condition>(rules as RawRuleOf<ListedAbility>[], {
    conditionsMatcher: (condition) => (row) => matches(condition, row as ListedColumns),
    detectSubjectType: () => 'ListedRecord',
  });
}
