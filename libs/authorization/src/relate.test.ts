import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { holdsRole } from './holds-role.ts';
import { relate } from './relate.ts';
import { AGENCY, CALLERS, FIRM, HOME, OTHER_AGENCY, person, target } from './testing/index.ts';

test.each<[keyof typeof CALLERS, string]>([
  ['anonymous', 'PUB'],
  ['enterprise', 'ENT PUB'],
  ['lapsed', 'ENT PUB'],
  ['owner', 'OWN CST PUB'],
  ['checker', 'OWN CST PUB'],
  ['steward', 'STE CST PUB'],
  ['department', 'CST PUB'],
  ['lead', 'CST PUB'],
  ['coordinator', 'COP CST PUB'],
  ['county', 'COP CST PUB'],
  ['otherCity', 'PUB'],
  ['provinceAnalyst', 'PST PUB'],
  ['provinceCoordinator', 'POP PST PUB'],
  ['operator', 'ADM PUB'],
  ['service', 'PUB'],
  ['home', 'NOD PUB'],
  ['provinceNode', 'PRV PUB'],
  ['otherNode', 'PUB'],
  ['job', 'NOD PUB'],
])('%s stands to a Changsha record as %s', (name, codes) => {
  expect(relate(CALLERS[name], target(), HOME).join(' ')).toBe(codes);
});

test('at the province a coordinator is POP, an analyst PST, another department CST', () => {
  const own = target({ origin: '430000', region: '430000' });
  const of = (actor: Actor) => relate(actor, own, '430000').join(' ');
  expect(of(CALLERS.provinceCoordinator)).toBe('POP CST PUB');
  expect(of(CALLERS.provinceAnalyst)).toBe('PST CST PUB');
  expect(of(person(['lead@43']))).toBe('CST PUB');
});

test('a firm’s staff own its records and are ENT elsewhere; nobody owns a replica', () => {
  const firm = CALLERS.enterprise;
  expect(relate(firm, target({ ownerUscc: FIRM }), HOME)[0]).toBe('OWN');
  expect(relate(firm, target({ ownerUscc: FIRM, origin: '430200' }), HOME)[0]).toBe('ENT');
  expect(relate(CALLERS.steward, target({ origin: '430200' }), HOME)).not.toContain('STE');
});

describe('a role counts inside its scope', () => {
  const holds = (grant: string, role: Parameters<typeof holdsRole>[1], more = {}, home = HOME) =>
    holdsRole(person([grant]), role, target(more), home);

  test.each<[string, object, boolean]>([
    ['coordinator@4301', {}, true],
    ['coordinator@430100', {}, true],
    ['coordinator@430102', {}, true],
    ['coordinator@430103', {}, false],
    ['coordinator@430102', { region: '430103' }, false],
    ['coordinator@430102', { region: '' }, false],
    ['coordinator@4302', {}, false],
    ['coordinator@43', {}, false],
    ['coordinator@0000', {}, false],
    [`coordinator@org:${AGENCY}`, {}, true],
    [`coordinator@org:${OTHER_AGENCY}`, {}, false],
    ['coordinator@domain:healthcare', {}, true],
    ['coordinator@domain:education', {}, false],
    ['coordinator@4301', { origin: '430200', region: '430102' }, false],
    ['lead@4301', {}, false],
  ])('%s on %j: %s', (grant, more, expected) => {
    expect(holds(grant, 'coordinator', more)).toBe(expected);
  });

  test('the province’s scope acts at the province, and nowhere else', () => {
    expect(holds('coordinator@43', 'coordinator', { origin: '430000', region: '430100' }, '430000')).toBe(true);
    expect(holds('coordinator@43', 'coordinator', { origin: '430100' }, '430000')).toBe(false);
  });

  test('an owner acts for an organisation only', () => {
    expect(holds(`owner@org:${AGENCY}`, 'owner')).toBe(true);
    expect(holds('owner@4301', 'owner')).toBe(false);
    expect(holdsRole(CALLERS.anonymous, 'owner', target(), HOME)).toBe(false);
  });
});
