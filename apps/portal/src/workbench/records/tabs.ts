import { VIEWED_STAGES, type RoleGrant } from '@xiangjing/scenario-sdk';
import type { ListQuery } from '../../views.ts';
import { waitingStages } from '../turn.ts';
import type { Tab } from './search.ts';

/** What each tab asks the node for. */
export function tabQuery(tab: Tab, grants: readonly RoleGrant[]): ListQuery {
  switch (tab) {
    case 'all':
      return { mine: true };
    case 'waiting':
      return { mine: true, stage: waitingStages(grants) };
    case 'moving':
      return { mine: true, stage: ['solicited', 'selected'] };
    case 'published':
      return { mine: true, stage: [...VIEWED_STAGES] };
  }
}
