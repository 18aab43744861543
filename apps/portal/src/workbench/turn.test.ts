import { parseRoleGrant, Stage, type RoleGrant } from '@xiangjing/scenario-sdk';
import { describe, expect, it } from 'vitest';
import { tabQuery } from './records/tabs.ts';
import { isOwner, turnOf, waitingStages } from './turn.ts';

const grants = (...texts: string[]): RoleGrant[] => texts.flatMap((text) => parseRoleGrant(text) ?? []);
const owner = 'owner@org:12990000000000001A';

describe('whose turn it is', () => {
  it('follows the lifecycle: owner, lead, coordinator, owner again, nobody', () => {
    expect(Object.fromEntries(Stage.options.map((stage) => [stage, turnOf(stage)]))).toEqual({
      draft: 'owner',
      returned: 'owner',
      solicited: 'lead',
      selected: 'coordinator',
      published: 'owner',
      docked: 'owner',
      landed: 'owner',
      promoted: 'owner',
      withdrawn: null,
      retired: null,
    });
  });

  it('decides what waits for a person; a published record waits for nobody', () => {
    expect(waitingStages(grants(owner))).toEqual(['draft', 'returned']);
    expect(waitingStages(grants('lead@domain:healthcare'))).toEqual(['solicited']);
    expect(waitingStages(grants('checker@4301'))).toEqual(['solicited']);
    expect(waitingStages(grants('coordinator@4301', owner))).toEqual(['draft', 'returned', 'selected']);
    expect(waitingStages(grants('analyst@43'))).toEqual([]);
    expect([isOwner(grants(owner)), isOwner(grants('lead@4301'))]).toEqual([true, false]);
  });
});

describe('the tabs', () => {
  it('of an owner ask for their own organisations', () => {
    expect(tabQuery('all', grants(owner), '430100')).toEqual({ mine: true });
    expect(tabQuery('waiting', grants(owner), '430100')).toEqual({ mine: true, stage: ['draft', 'returned'] });
  });

  it('of a desk ask for this node within the scope of the grant', () => {
    expect(tabQuery('waiting', grants('lead@domain:healthcare'), '430100')).toEqual({
      origin: ['430100'],
      domain: ['healthcare'],
      stage: ['solicited'],
    });
    expect(tabQuery('all', grants('coordinator@4301'), '430100')).toEqual({ origin: ['430100'] });
    expect(tabQuery('all', grants('coordinator@430102'), '430100')).toEqual({ origin: ['430100'], region: ['430102'] });
    expect(tabQuery('all', grants('coordinator@43'), '430000')).toEqual({ origin: ['430000'] });
    expect(tabQuery('all', grants('coordinator@430102', 'lead@domain:healthcare'), '430100')).toEqual({ origin: ['430100'] });
  });
});
