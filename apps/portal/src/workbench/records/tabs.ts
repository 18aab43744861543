import { adcodePrefix, VIEWED_STAGES, type RoleGrant } from '@xiangjing/scenario-sdk';
import type { ListQuery } from '../../views.ts';
import { waitingStages } from '../turn.ts';
import type { Tab } from './search.ts';

/** A role over a region or a domain looks at this node's records in its scope; one within an organisation at that organisation's. */
export const isDesk = (grants: readonly RoleGrant[]): boolean => grants.some(({ scope }) => scope.type !== 'organisation');

function scopeOf(grants: readonly RoleGrant[], home: string): ListQuery {
  if (!isDesk(grants)) return { mine: true };
  const scopes = grants.flatMap(({ scope }) => (scope.type === 'organisation' ? [] : scope));
  const domain = scopes.flatMap((scope) => (scope.type === 'domain' ? scope.domain : []));
  const counties = scopes.flatMap((scope) =>
    scope.type === 'region' && scope.adcode.length > adcodePrefix(home).length ? scope.adcode : [],
  );
  const query: ListQuery = { origin: [home] };
  if (domain.length === scopes.length) query.domain = domain;
  if (counties.length === scopes.length) query.region = counties;
  return query;
}

/** What each tab asks the node for. */
export function tabQuery(tab: Tab, grants: readonly RoleGrant[], home: string): ListQuery {
  const scope = scopeOf(grants, home);
  switch (tab) {
    case 'all':
      return scope;
    case 'waiting':
      return { ...scope, stage: waitingStages(grants) };
    case 'moving':
      return { ...scope, stage: ['solicited', 'selected'] };
    case 'published':
      return { ...scope, stage: [...VIEWED_STAGES] };
  }
}
