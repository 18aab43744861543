import { adcodePrefix, type Role } from '@xiangjing/scenario-sdk';
import type { Actor } from './actor.ts';
import { isOfNode } from './standing.ts';

/** Which of a node's organisations a caller may list: all, or those of places and those named. */
export interface OrganisationReach {
  all: boolean;
  /** Adcode prefixes. */
  places: string[];
  usccs: string[];
}

/** They register, check, select or classify what organisations hand in, so they need the list; among the rows are sole traders. */
const LISTING: readonly Role[] = ['coordinator', 'checker', 'lead', 'steward'];

/** A place for a region's grant, everything for a domain's, and its own organisation for a grant in one. Nothing for anybody else. */
export function organisationReach(actor: Actor, home: string): OrganisationReach {
  const reach: OrganisationReach = { all: false, places: [], usccs: [] };
  if (actor.type !== 'person') return reach;
  for (const { role, scope } of actor.grants) {
    if (scope.type === 'organisation') reach.usccs.push(scope.uscc);
    else if (!LISTING.includes(role)) continue;
    else if (scope.type === 'domain') reach.all = true;
    else if (isOfNode(scope.adcode, home)) reach.places.push(adcodePrefix(scope.adcode));
  }
  return reach;
}
