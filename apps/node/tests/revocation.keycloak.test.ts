import { keycloakAdmin, realmOf, type KeycloakAdmin } from '@xiangjing/local-servers/keycloak';
import { createKeycloakServices } from '@xiangjing/platform';
import { testKeycloak } from '@xiangjing/platform/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieBrowser, type CookieBrowser } from './support/cookie-browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { keycloakSignIn } from './support/keycloak-sign-in.ts';
import { restClient } from './support/rest-client.ts';

/** A node on a real Keycloak: how soon what is taken back there is refused here, and how a person steps up. */
const RECHECK_MS = 1_000;
const OTP = { username: 'with-otp', password: 'Test-password-1', otpSecret: 'shared-secret-of-otp' };
const REALM = 'xiangjing-430100';
const STEP_UP_REALM = 'xiangjing-430200';
interface Client {
  id: string;
  attributes: object;
}
let admin: KeycloakAdmin;
let federation: TestFederation;
let node: TestNode;
let stepUpNode: TestNode;

beforeAll(async () => {
  const { url, ...keycloak } = testKeycloak();
  admin = keycloakAdmin({ url, ...keycloak });
  federation = await startFederation({
    nodes: ['430100', '430200'],
    config: (adcode) => ({ identity: { issuer: `${url}/realms/xiangjing-${adcode}`, recheckMs: RECHECK_MS } }),
  });
  node = federation.node('430100');
  stepUpNode = federation.node('430200');
}, 120_000);
afterAll(() => federation.stop());

const personAt = async (at: TestNode, browser: CookieBrowser) =>
  (await browser.get<{ person: { name: string; grants: string[] } | null }>(`${at.url}/auth/session`)).person;
const pastBound = () => new Promise((resolve) => setTimeout(resolve, RECHECK_MS + 200));
async function signedIn() {
  const browser = cookieBrowser();
  const { status } = await keycloakSignIn(browser, `${node.url}/auth/login`, testKeycloak().person);
  expect(status).toBe(302);
  expect(await personAt(node, browser)).toMatchObject({ name: '王示例', grants: ['coordinator@4301'] });
  return browser;
}
const userId = async (realm: string, username: string) =>
  (await admin<{ id: string }[]>('GET', `/${realm}/users?exact=true&username=${username}`)).body[0]!.id;

describe('a browser session is over at its next use after the bound', () => {
  test('when an administrator ends it', async () => {
    const browser = await signedIn();
    await pastBound();
    expect(await personAt(node, browser)).not.toBeNull();
    await admin('POST', `/${REALM}/users/${await userId(REALM, testKeycloak().person.username)}/logout`);
    await pastBound();
    expect(await personAt(node, browser)).toBeNull();
  });

  test('when the person is disabled, and new rights come the same way', async () => {
    const browser = await signedIn();
    const id = await userId(REALM, testKeycloak().person.username);
    const { body: groups } = await admin<{ id: string; name: string }[]>('GET', `/${REALM}/groups?search=supervisor`);
    await admin('PUT', `/${REALM}/users/${id}/groups/${groups[0]!.id}`);
    await pastBound();
    expect((await personAt(node, browser))!.grants).toContain('supervisor@4301');
    await admin('DELETE', `/${REALM}/users/${id}/groups/${groups[0]!.id}`);
    const { body: user } = await admin<object>('GET', `/${REALM}/users/${id}`);
    await admin('PUT', `/${REALM}/users/${id}`, { ...user, enabled: false });
    try {
      await pastBound();
      expect(await personAt(node, browser)).toBeNull();
    } finally {
      await admin('PUT', `/${REALM}/users/${id}`, { ...user, enabled: true });
    }
  });

  test('when the person signs out, who then has to give the password again', async () => {
    const browser = await signedIn();
    const { csrf } = await browser.get<{ csrf: string }>(`${node.url}/auth/session`);
    const out = await fetch(`${node.url}/auth/logout`, { method: 'POST', headers: { cookie: browser.cookies(node.url), 'x-csrf': csrf } });
    const { url } = (await out.json()) as { url: string };
    expect(url).toContain('id_token_hint=');
    expect((await browser.open(url)).location).toBe(`${node.url}/`);
    const { pages } = await keycloakSignIn(browser, `${node.url}/auth/login`, testKeycloak().person);
    expect(pages).toEqual(['password']);
  });
});

test('the service account of a city is known at the other node as that node', async () => {
  const { url, serviceSecrets } = testKeycloak();
  const issuer = `${url}/realms/${REALM}`;
  const services = createKeycloakServices({ issuer, clientId: 'peer-430200', clientSecret: serviceSecrets['430200@430100']! });
  const token = await services.token();
  expect((await restClient(node.url, token).get('/records')).status).toBe(200);
  expect(await restClient(stepUpNode.url, token).get('/records')).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
});

describe('stepping up', () => {
  const putBack: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const undo of putBack) await undo();
  });
  beforeAll(async () => {
    // The realm as an operator imports it: a second factor is asked for wherever level 2 is. The portal asks for level 1 first here.
    const real = realmOf({ adcode: '430200', publicUrl: 'http://127.0.0.1', servicePeers: [] });
    const { body: before } = await admin<{ attributes: object }>('GET', `/${STEP_UP_REALM}`);
    await admin('PUT', `/${STEP_UP_REALM}`, { attributes: { ...before.attributes, 'acr.loa.map': real.attributes['acr.loa.map'] } });
    putBack.push(() => admin('PUT', `/${STEP_UP_REALM}`, { attributes: before.attributes }));
    const { body: clients } = await admin<Client[]>('GET', `/${STEP_UP_REALM}/clients?clientId=xiangjing-portal`);
    const portal = clients[0]!;
    const portalPath = `/${STEP_UP_REALM}/clients/${portal.id}`;
    await admin('PUT', portalPath, { ...portal, attributes: { ...portal.attributes, 'default.acr.values': '1' } });
    putBack.push(() => admin('PUT', portalPath, portal));
    const { id: user } = await admin('POST', `/${STEP_UP_REALM}/users`, {
      username: OTP.username,
      lastName: '李示例',
      enabled: true,
      groups: ['coordinator@4302'],
      credentials: [
        { type: 'password', value: OTP.password, temporary: false },
        {
          type: 'otp',
          secretData: JSON.stringify({ value: OTP.otpSecret }),
          credentialData: JSON.stringify({ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' }),
        },
      ],
    });
    putBack.push(() => admin('DELETE', `/${STEP_UP_REALM}/users/${user}`));
  });

  test('asks for the second factor alone, and leads back only with a token that says so', async () => {
    const browser = cookieBrowser();
    const first = await keycloakSignIn(browser, `${stepUpNode.url}/auth/login`, OTP);
    expect(first).toMatchObject({ pages: ['password'], status: 302 });
    const second = await keycloakSignIn(browser, `${stepUpNode.url}/auth/login?stepUp=1&returnTo=/workbench/records`, OTP);
    expect(second).toMatchObject({ pages: ['otp'], status: 302, location: `${stepUpNode.url}/workbench/records` });
    expect(await personAt(stepUpNode, browser)).not.toBeNull();
    await pastBound();
    expect(await personAt(stepUpNode, browser)).not.toBeNull();
  });
});
