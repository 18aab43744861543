import { describe, expect, test } from 'vitest';
import { actorFromClaims as read } from './actor.ts';
import { decide } from './decide.ts';
import { CALLERS, HOME, label, NOW, target } from './testing/index.ts';

const actorFromClaims = (raw: unknown) => read(raw, HOME);
const claims = {
  iss: 'https://id.example/realms/xiangjing-430100',
  sub: '7f0c',
  aud: 'xiangjing-430100',
  typ: 'Bearer',
  name: '李示例',
  preferred_username: 'lishili',
  grants: ['coordinator@430102', 'owner@org:91999900MA0X00003R', 'lead@domain:healthcare'],
  clearance_level: 'L4',
  clearance_pi: 'pi',
  clearance_safety: 'ps',
  training_until: '2027-06-30',
  acr: '2',
  org_verified: true,
};

test('reads a person with grants, clearance, training and step-up', () => {
  expect(actorFromClaims(claims)).toEqual({
    type: 'person',
    iss: claims.iss,
    sub: claims.sub,
    name: '李示例',
    grants: [
      { role: 'coordinator', scope: { type: 'region', adcode: '430102' } },
      { role: 'owner', scope: { type: 'organisation', uscc: '91999900MA0X00003R' } },
      { role: 'lead', scope: { type: 'domain', domain: 'healthcare' } },
    ],
    clearance: { level: 'L4', pi: 'pi', safety: 'ps' },
    trainingUntil: '2027-06-30',
    steppedUp: true,
    organisationVerified: true,
  });
});

test('a word it does not know gives nothing', () => {
  const odd = {
    ...claims,
    grants: ['emperor@43', 'owner@org:short', 'lead@domain:alchemy', 'coordinator@', 'steward@4301'],
    clearance_level: 'L9',
    clearance_pi: 7,
    clearance_safety: null,
    training_until: 20270630,
    acr: '1',
    org_verified: 'yes',
  };
  expect(actorFromClaims(odd)).toMatchObject({
    grants: [{ role: 'steward', scope: { type: 'region', adcode: '4301' } }],
    clearance: { level: 'L1', pi: 'none', safety: 'ordinary' },
    trainingUntil: null,
    steppedUp: false,
    organisationVerified: false,
  });
  const bare = actorFromClaims({ iss: 'i', sub: 's' });
  expect(bare).toMatchObject({ name: 's', grants: [], steppedUp: false });
});

test('a service account is no person, whatever grants it carries', () => {
  const service = { ...claims, preferred_username: 'service-account-dashboard', client_id: 'dashboard' };
  expect(actorFromClaims(service)).toEqual({ type: 'service', clientId: 'dashboard' });
});

describe('the service account of another node', () => {
  const service = (...grants: string[]) => ({ ...claims, preferred_username: 'service-account-peer', client_id: 'peer', grants });

  test('is that node', () => {
    expect(actorFromClaims(service('peer@430200'))).toEqual(CALLERS.otherNode);
    expect(actorFromClaims(service('peer@430000'))).toEqual(CALLERS.provinceNode);
    expect(actorFromClaims(service('steward@4302', 'peer@430200', 'peer@430200'))).toEqual(CALLERS.otherNode);
  });

  test.each([
    ['of this very node', ['peer@430100']],
    ['of two nodes', ['peer@430200', 'peer@430000']],
    ['of no node of the federation', ['peer@440100']],
    ['of a county', ['peer@430102']],
    ['of a prefix', ['peer@4302']],
    ['of an organisation', ['peer@org:91999900MA0X00003R']],
  ])('%s is a service without rights of a node', (_, grants) => {
    expect(actorFromClaims(service(...grants))).toEqual({ type: 'service', clientId: 'peer' });
  });

  test('a person who carries the word is none', () => {
    expect(actorFromClaims({ ...claims, grants: ['peer@430200'] })).toMatchObject({ type: 'person', grants: [] });
  });

  test.each([
    ['L1/-/-/U/oU', 'record.view', 'allow'],
    ['L2/-/-/U/oC', 'record.view', 'CROSS_NODE'],
    ['L3/-/-/C/oN', 'record.view', 'CROSS_NODE'],
    ['L1/-/-/U/oU', 'record.edit', 'deny'],
    ['L1/-/-/U/oU', 'record.replicate', 'CROSS_NODE'],
  ] as const)('may no more than a node may: %s %s %s', (text, action, expected) => {
    const actor = actorFromClaims(service('peer@430200'));
    const decision = decide({ actor, action, target: target({ label: label(text) }), home: HOME, now: NOW, audience: 'city' });
    expect([decision.effect, decision.effect === 'deny' && decision.reason]).toContain(expected);
  });
});

test.each([null, 'text', {}, { iss: 'i' }, { sub: 's' }, { iss: 'i', sub: 's', grants: 'owner@4301' }])('refuses %j', (raw) => {
  expect(() => actorFromClaims(raw)).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID' }));
});
