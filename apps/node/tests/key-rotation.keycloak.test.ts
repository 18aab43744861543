import { keycloakAdmin, type KeycloakAdmin } from '@xiangjing/local-servers/keycloak';
import { testKeycloak } from '@xiangjing/platform/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieBrowser } from './support/cookie-browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { keycloakSignIn } from './support/keycloak-sign-in.ts';
import { eventually } from './support/records.ts';
import { restClient } from './support/rest-client.ts';

/** An operator changes the signing key of a realm as infra/keycloak/README.md says, while people and services work. */
const REALM = 'xiangjing-430100';
/** A verifier asks for unknown keys at most every 30 s; the operator is told to wait for a minute. */
const PUBLISHED_MS = 35_000;
let admin: KeycloakAdmin;
let federation: TestFederation;
let node: TestNode;
const made: string[] = [];

beforeAll(async () => {
  const keycloak = testKeycloak();
  admin = keycloakAdmin(keycloak);
  federation = await startFederation({
    nodes: ['430100'],
    config: () => ({ identity: { issuer: `${keycloak.url}/realms/${REALM}`, recheckMs: 1000 } }),
  });
  node = federation.node('430100');
});
afterAll(async () => {
  for (const id of made) await admin('DELETE', `/${REALM}/components/${id}`);
  await federation?.stop();
});

const keyAt = (priority: number) => ({
  name: `rsa-${priority}-${made.length}`,
  providerId: 'rsa-generated',
  providerType: 'org.keycloak.keys.KeyProvider',
  config: { priority: [String(priority)], enabled: ['true'], active: ['true'], keySize: ['2048'], algorithm: ['RS256'] },
});
async function addKey(priority: number): Promise<string> {
  const { id = '' } = await admin('POST', `/${REALM}/components`, keyAt(priority));
  made.push(id);
  return id;
}
async function newToken(): Promise<string> {
  const { url, serviceSecrets } = testKeycloak();
  const response = await fetch(`${url}/realms/${REALM}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'peer-430000',
      client_secret: serviceSecrets['430000@430100']!,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
const kidOf = (token: string) => (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;
const statusOf = async (token: string) => (await restClient(node.url, token).get('/records')).status;

test('a key published before it signs costs no request; one that signs at once does', { timeout: 240_000 }, async () => {
  const browser = cookieBrowser();
  await keycloakSignIn(browser, `${node.url}/auth/login`, testKeycloak().person);
  expect(await statusOf(await newToken())).toBe(200);

  // The control: the node asked for keys a moment ago, and may not again so soon.
  await addKey(200);
  const early = await newToken();
  expect(await statusOf(early)).toBe(401);
  await eventually(
    () => statusOf(early),
    (status) => status === 200,
    45_000,
  );

  const old = await newToken();
  const calls: { kid: string; status: number; isPerson: boolean }[] = [];
  let isOn = true;
  const traffic = (async () => {
    while (isOn) {
      const token = await newToken();
      const [status, oldStatus] = [await statusOf(token), await statusOf(old)];
      const { person } = await browser.get<{ person: object | null }>(`${node.url}/auth/session`);
      calls.push({ kid: kidOf(token), status, isPerson: person !== null }, { kid: kidOf(old), status: oldStatus, isPerson: true });
      await sleep(200);
    }
  })();
  const id = await addKey(50);
  await sleep(PUBLISHED_MS);
  const { body: component } = await admin<object>('GET', `/${REALM}/components/${id}`);
  await admin('PUT', `/${REALM}/components/${id}`, { ...component, config: keyAt(300).config });
  await sleep(5_000);
  isOn = false;
  await traffic;

  expect(new Set(calls.map(({ kid }) => kid)).size).toBe(2);
  expect(calls.at(-2)!.kid).not.toBe(kidOf(old)); // the last token is signed by the new key
  expect(calls.filter(({ status, isPerson }) => status !== 200 || !isPerson)).toEqual([]);
});
