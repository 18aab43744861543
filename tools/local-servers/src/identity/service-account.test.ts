import { createKeycloakServices, createTokenVerifier } from '@xiangjing/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRealm, type TestRealm } from '../testing/test-realm.ts';

let realm: TestRealm;
const PEER = { clientId: 'peer-430200', clientSecret: 'secret-of-430200' };
beforeAll(async () => {
  realm = await startTestRealm({ clients: [{ ...PEER, redirectUris: [], serviceGrants: ['peer@430200'] }] });
});
afterAll(() => realm[Symbol.asyncDispose]());

test('a service account gets, by keycloak-connect, a token as Keycloak would make it', async () => {
  const { issuer, audience } = realm;
  const token = await createKeycloakServices({ issuer, ...PEER }).token();
  expect(await createTokenVerifier({ issuer, audience }).verify(token)).toMatchObject({
    sub: 'peer-430200',
    azp: 'peer-430200',
    client_id: 'peer-430200',
    preferred_username: 'service-account-peer-430200',
    grants: ['peer@430200'],
  });
});

test('a wrong secret, and a client that is no service, get none', async () => {
  const { issuer } = realm;
  const wrong = createKeycloakServices({ issuer, ...PEER, clientSecret: 'guess' });
  await expect(wrong.token()).rejects.toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('peer-430200') });
  const portal = createKeycloakServices({ issuer, clientId: 'portal', clientSecret: 'guess' });
  await expect(portal.token()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
});
