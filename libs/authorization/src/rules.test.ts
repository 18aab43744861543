import fc from 'fast-check';
import { expect, test } from 'vitest';
import { abilityFor } from './ability.ts';
import { matches } from './condition.ts';
import { decide } from './decide.ts';
import { bodyRule, listRule } from './rules.ts';
import { columnsOf } from './target.ts';
import { anyActor, anyHome, anyTarget, CALLERS, HOME, NOW, target } from './testing/index.ts';

const RUNS = { numRuns: 20_000 };

test('the row filters say of every row what the decision says of the record', () => {
  fc.assert(
    fc.property(anyActor, anyTarget, anyHome, (actor, record, home) => {
      const row = columnsOf(record);
      const view = decide({ actor, action: 'record.view', target: record, home, now: NOW });
      const isListed = view.effect === 'allow' || view.projection !== null;
      expect(matches(bodyRule(actor, home, NOW), row)).toBe(view.effect === 'allow');
      expect(matches(listRule(actor, home, NOW), row)).toBe(isListed);
      expect(decide({ actor, action: 'record.search', target: record, home, now: NOW }).effect).toBe(isListed ? 'allow' : 'deny');
    }),
    RUNS,
  );
});

test('the ability allows what the rules allow, and does not believe a type that came with the data', () => {
  fc.assert(
    fc.property(anyActor, anyTarget, anyHome, (actor, record, home) => {
      const row = columnsOf(record);
      const ability = abilityFor(actor, home, NOW);
      expect(ability.can('view', row)).toBe(matches(bodyRule(actor, home, NOW), row));
      expect(ability.can('list', row)).toBe(matches(listRule(actor, home, NOW), row));
    }),
    { numRuns: 2_000 },
  );
  const spoof = { ...columnsOf(target({ stage: 'draft', viewed: false })), __caslSubjectType__: 'Anything' };
  expect(abilityFor(CALLERS.anonymous, HOME, NOW).can('view', spoof)).toBe(false);
});

test('nobody has a rule that allows everything', () => {
  for (const actor of Object.values(CALLERS)) {
    const rules = abilityFor(actor, HOME, NOW).rules;
    expect(rules.every((rule) => rule.conditions !== undefined && !rule.inverted && rule.subject === 'ListedRecord')).toBe(true);
    expect(rules.some((rule) => 'always' in rule.conditions!)).toBe(false);
  }
});
