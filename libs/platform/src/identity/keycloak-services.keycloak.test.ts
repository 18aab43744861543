import { expect, test } from 'vitest';
import { admin } from '../testing/keycloak-bench.ts';
import { testKeycloak } from '../testing.ts';
import { createKeycloakServices } from './keycloak-services.ts';
import { createTokenVerifier } from './token-verifier.ts';

const AT = 'xiangjing-430000';
const issuer = () => `${testKeycloak().url}/realms/${AT}`;
const changsha = (clientSecret = testKeycloak().serviceSecrets['430100@430000']!) =>
  createKeycloakServices({ issuer: issuer(), clientId: 'peer-430100', clientSecret });
/** The province's own client: it alone may ask about tokens that are made for it. */
const province = () => createKeycloakServices({ issuer: issuer(), clientId: AT, clientSecret: testKeycloak().audienceSecrets['430000']! });

test('the service of a city gets a token that the province’s verifier takes, and that says whose it is', async () => {
  const token = await changsha().token();
  const claims = await createTokenVerifier({ issuer: issuer(), audience: AT }).verify(token);
  expect(claims).toMatchObject({ azp: 'peer-430100', preferred_username: 'service-account-peer-430100', grants: ['peer@430100'] });
  await expect(createTokenVerifier({ issuer: issuer(), audience: 'xiangjing-430100' }).verify(token)).rejects.toMatchObject({
    code: 'AUDIENCE',
  });
});

test('a wrong secret gets none, and is named without being told', async () => {
  const error = await changsha('guessed-secret')
    .token()
    .catch((refusal: unknown) => refusal);
  expect(error).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('peer-430100') });
  expect(JSON.stringify(error)).not.toContain('guessed-secret');
});

test('introspection answers the client that the token is made for, and no other; a disabled client ends its tokens at once', async () => {
  const token = await changsha().token();
  expect(await province().introspect(token)).toBe(true);
  expect(await changsha().introspect(token)).toBe(false);
  const [client] = (await (await admin('GET', `/${AT}/clients?clientId=peer-430100`)).json()) as { id: string }[];
  await admin('PUT', `/${AT}/clients/${client!.id}`, { clientId: 'peer-430100', enabled: false });
  try {
    expect(await province().introspect(token)).toBe(false);
    await expect(changsha().token()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  } finally {
    await admin('PUT', `/${AT}/clients/${client!.id}`, { clientId: 'peer-430100', enabled: true });
  }
  expect(await province().introspect('garbage')).toBe(false);
});

test('roles of a token are read once its signature holds', async () => {
  const token = await changsha().token();
  const roles = await province().roles(token);
  expect(roles.has('realm:no-such-role')).toBe(false);
  await expect(province().roles(`${token.slice(0, -6)}AAAAAA`)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
});
