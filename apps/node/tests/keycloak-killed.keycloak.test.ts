import { realmOf, startKeycloak, type KeycloakServer } from '@xiangjing/local-servers/keycloak';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings, openBrowser, PHONE, sidewaysFindings, visit } from './support/browser.ts';
import { cookieBrowser } from './support/cookie-browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { keycloakSignIn } from './support/keycloak-sign-in.ts';
import { eventually } from './support/records.ts';
import { restClient } from './support/rest-client.ts';

/** Keycloak is killed under a node at work. Every other way for an identity server to fail: identity-outage.test.ts. */
const LIFESPAN_S = 45;
const PERSON = { username: 'coordinator', password: 'Test-password-1' };
const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-keycloak-killed-'));
let keycloak: KeycloakServer;
let federation: TestFederation;
let node: TestNode;

beforeAll(async () => {
  const users = [{ ...PERSON, name: '王示例', claims: { grants: ['coordinator@4301'] } }];
  const realm = realmOf({
    adcode: '430100',
    publicUrl: 'http://127.0.0.1',
    servicePeers: [],
    users,
    passwordGrant: true,
    secondFactor: false,
  });
  keycloak = await startKeycloak({ runDir, realms: [{ ...realm, accessTokenLifespan: LIFESPAN_S }] });
  federation = await startFederation({
    nodes: ['430100'],
    config: () => ({ identity: { issuer: keycloak.realmUrl('xiangjing-430100'), recheckMs: 1000 } }),
  });
  node = federation.node('430100');
});
afterAll(async () => {
  await federation?.stop();
  await keycloak?.stop();
  rmSync(runDir, { recursive: true, force: true });
});

async function bearer() {
  const response = await fetch(`${keycloak.realmUrl('xiangjing-430100')}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'xiangjing-scripts', ...PERSON }),
  });
  return restClient(node.url, ((await response.json()) as { access_token: string }).access_token);
}

test(
  'who is known goes on to the end of the token, nobody new comes in, and all is well when it is back',
  { timeout: 240_000 },
  async () => {
    const known = cookieBrowser();
    await keycloakSignIn(known, `${node.url}/auth/login`, PERSON);
    const personOf = async () => (await known.get<{ person: { name: string } | null }>(`${node.url}/auth/session`)).person;
    const script = await bearer();
    expect((await script.get('/records')).status).toBe(200);

    await keycloak.kill();
    const killedAt = Date.now();
    await sleep(1500); // the session is due for a renewal now
    expect(await personOf()).toMatchObject({ name: '王示例' });
    expect((await script.get('/records')).status).toBe(200);
    expect((await script.get('/records?kind=bogus')).status).toBe(422); // it is known, and its input is read
    for (const path of ['/healthz', '/readyz', '/', '/opportunities']) expect((await fetch(`${node.url}${path}`)).status).toBe(200);

    const chromium = await openBrowser();
    try {
      const { page } = await visit(chromium, node.url, { viewport: PHONE });
      const answer = await page.goto('/auth/login?returnTo=/workbench/');
      expect(answer?.status()).toBe(503);
      expect(await page.locator('main').innerText()).toContain('身份服务没有应答');
      expect([...(await axeFindings(page, 'away')), ...(await sidewaysFindings(page, 'away'))]).toEqual([]);
    } finally {
      await chromium.close();
    }

    await sleep(Math.max(0, (LIFESPAN_S + 6) * 1000 - (Date.now() - killedAt)));
    expect(await personOf()).toBeNull();
    expect((await script.get('/records')).status).toBe(401);

    await keycloak.start();
    await eventually(
      () => cookieBrowser().open(`${node.url}/auth/login`),
      ({ status }) => status === 302,
      30_000,
    );
    const again = cookieBrowser();
    expect(await keycloakSignIn(again, `${node.url}/auth/login`, PERSON)).toMatchObject({ status: 302 });
    expect((await (await bearer()).get('/records')).status).toBe(200);
  },
);
