import { expect, test } from 'vitest';
import { actorFromClaims } from './actor.ts';

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

test.each([null, 'text', {}, { iss: 'i' }, { sub: 's' }, { iss: 'i', sub: 's', grants: 'owner@4301' }])('refuses %j', (raw) => {
  expect(() => actorFromClaims(raw)).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID' }));
});
