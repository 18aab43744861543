import { adcodePrefix, type Role, type Scope } from '@xiangjing/scenario-sdk';
import type { Actor } from './actor.ts';
import { allOf, anyOf, matches, NEVER, type Condition } from './condition.ts';
import { isOfNode } from './standing.ts';
import { columnsOf, type Target } from './target.ts';

/** The record lives at this node. Nobody holds a role on another node's record: what they want goes there as a request. */
export const isOwn = (home: string): Condition => ({ field: 'origin', op: 'equals', value: home });

function isInRegion(adcode: string): Condition {
  const prefix = adcodePrefix(adcode);
  return allOf({ field: 'region', op: 'gte', value: prefix.padEnd(6, '0') }, { field: 'region', op: 'lte', value: prefix.padEnd(6, '9') });
}

function isInScope(scope: Scope, home: string): Condition {
  switch (scope.type) {
    case 'region':
      return isOfNode(scope.adcode, home) ? isInRegion(scope.adcode) : NEVER;
    case 'organisation':
      return { field: 'ownerUscc', op: 'equals', value: scope.uscc };
    case 'domain':
      return { field: 'domains', op: 'has', value: scope.domain };
  }
}

/** The records on which a caller holds a role. An owner acts for an organisation: a wider scope makes nobody an owner. */
export function roleCondition(actor: Actor, role: Role, home: string): Condition {
  if (actor.type !== 'person') return NEVER;
  const grants = actor.grants.filter((grant) => grant.role === role && (role !== 'owner' || grant.scope.type === 'organisation'));
  return allOf(isOwn(home), anyOf(...grants.map(({ scope }) => isInScope(scope, home))));
}

/** The caller holds the role on this record: a grant of it whose scope holds the record, which lives at `home`. */
export const holdsRole = (actor: Actor, role: Role, target: Target, home: string): boolean =>
  matches(roleCondition(actor, role, home), columnsOf(target));
