import { expect, test } from 'vitest';
import { organisationReach } from './organisation-reach.ts';
import { AGENCY, CALLERS, FIRM, HOME, person } from './testing/index.ts';

const NOTHING = { all: false, places: [], usccs: [] };

test.each([
  ['coordinator', { ...NOTHING, places: ['4301'] }],
  ['county', { ...NOTHING, places: ['430102'] }],
  ['lead', { ...NOTHING, all: true }],
  ['checker', { ...NOTHING, usccs: [AGENCY] }],
  ['owner', { ...NOTHING, usccs: [AGENCY] }],
  ['enterprise', { ...NOTHING, usccs: [FIRM] }],
  ['supervisor', NOTHING],
  ['operator', NOTHING],
  ['provinceAnalyst', NOTHING],
  ['provinceCoordinator', NOTHING],
  ['otherCity', NOTHING],
  ['anonymous', NOTHING],
  ['service', NOTHING],
  ['provinceNode', NOTHING],
] as const)('%s reaches %j', (caller, reach) => {
  expect(organisationReach(CALLERS[caller], HOME)).toEqual(reach);
});

test('several grants add up', () => {
  expect(organisationReach(person([`owner@org:${FIRM}`, 'checker@430102', 'steward@4302']), HOME)).toEqual({
    all: false,
    places: ['430102'],
    usccs: [FIRM],
  });
});
