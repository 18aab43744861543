import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer, createLogger, createSignIn, createTokenVerifier, listen } from '@xiangjing/platform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainBrowser } from '../testing/plain-browser.ts';
import { createDemoIdentity } from './create-demo-identity.ts';
import type { DemoUser } from './demo-user.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'demo-identity-'));
const audience = 'xiangjing-430100';
const users: DemoUser[] = [
  {
    username: 'cs-owner',
    password: 'owner-pw',
    name: '陈示例',
    note: '填报 <本单位> 场景',
    claims: { grants: ['owner@org:12430100MB1234567X'], org_verified: true },
  },
  { username: 'cs-steward', password: 'steward-pw', name: '林示例', claims: { grants: ['steward@4301'], clearance_level: 'L4', acr: '2' } },
];
let server: Server;
let base: string;
let issuer: string;
const faults: unknown[] = [];

const options = () => ({
  issuer,
  audience,
  users,
  stateDir,
  title: '湘景 · 长沙市',
  clients: [
    { clientId: 'portal', redirectUris: [`${base}/auth/callback`], postLogoutRedirectUris: [`${base}/`] },
    { clientId: 'scripts', redirectUris: [], passwordGrant: true },
    { clientId: 'kept-secret', clientSecret: 'a-secret-of-the-node', redirectUris: [`${base}/auth/callback`] },
  ],
  onServerError: (error: unknown) => void faults.push(error),
});
let identity: Awaited<ReturnType<typeof createDemoIdentity>>;
beforeAll(async () => {
  server = createServer((req, res) => void (identity.handle(req, res) || res.writeHead(404).end('router'))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = `${base}/realms/xiangjing-430100`;
  identity = await createDemoIdentity(options());
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(stateDir, { recursive: true });
});

/** Opens pages one after another, with the cookies that they set. */
const browser = () => plainBrowser().open;

async function signIn(
  go: ReturnType<typeof browser>,
  username = 'cs-owner',
  password = 'owner-pw',
  client: { clientId: string; clientSecret?: string } = { clientId: 'portal' },
) {
  const flow = createSignIn({ issuer, redirectUri: `${base}/auth/callback`, ...client });
  const { url, flow: kept } = await flow.begin();
  let step = await go(url);
  if (step.location.includes('/login/')) {
    const page = step.location;
    await go(page);
    step = await go(page, { username, password });
    step = await go(step.location);
  }
  expect(step.location).toMatch(`${base}/auth/callback?`);
  return { flow, kept, callback: new URL(step.location), tokens: await flow.complete(new URL(step.location), kept) };
}
const passwordGrant = (form: Record<string, string>) =>
  fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'scripts', ...form }),
  });
const verifier = () => createTokenVerifier({ issuer, audience });

test('its addresses are Keycloak’s', async () => {
  const document = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>;
  const oidc = `${issuer}/protocol/openid-connect`;
  expect(document).toMatchObject({
    issuer,
    authorization_endpoint: `${oidc}/auth`,
    token_endpoint: `${oidc}/token`,
    jwks_uri: `${oidc}/certs`,
    userinfo_endpoint: `${oidc}/userinfo`,
    end_session_endpoint: `${oidc}/logout`,
    revocation_endpoint: `${oidc}/revoke`,
  });
  expect(JSON.stringify(await (await fetch(`${oidc}/certs`)).json())).not.toContain('"d"');
});

test('everything outside the realm is left to the router', async () => {
  for (const path of ['/', '/realms/other/protocol/openid-connect/certs', '/realms/xiangjing-430100x/']) {
    expect(await (await fetch(base + path)).text()).toBe('router');
  }
});

test('it works on a node’s own server, before its router', async () => {
  const node = createHttpServer({
    log: createLogger({ level: 'silent' }),
    bodyLimitBytes: 1000,
    before: (req, res) => identity.handle(req, res),
  });
  node.get('/healthz', () => 'alive');
  const { url } = await listen(node, { host: '127.0.0.1', port: 0 });
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'scripts', username: 'cs-owner', password: 'owner-pw' });
  const answer = await fetch(`${url}/realms/xiangjing-430100/protocol/openid-connect/token`, { method: 'POST', body });
  expect(await answer.json()).toMatchObject({ token_type: 'Bearer' });
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('alive');
  await node.close();
});

describe('code flow', () => {
  test('ends with a token that the node takes, with the user’s claims', async () => {
    const { tokens } = await signIn(browser());
    const claims = await verifier().verify(tokens.accessToken);
    expect(claims).toMatchObject({
      sub: 'cs-owner',
      aud: audience,
      typ: 'Bearer',
      azp: 'portal',
      preferred_username: 'cs-owner',
      name: '陈示例',
      grants: ['owner@org:12430100MB1234567X'],
      org_verified: true,
    });
    const life = tokens.expiresAt.getTime() - Date.now();
    expect(life).toBeGreaterThan(200_000);
    expect(life).toBeLessThan(310_000);
    await expect(verifier().verify(tokens.idToken as string)).rejects.toMatchObject({
      code: expect.stringMatching(/AUDIENCE|TOKEN_INVALID/),
    });
  });

  test('works for a client with a secret, and not with a wrong one', async () => {
    const client = { clientId: 'kept-secret', clientSecret: 'a-secret-of-the-node' };
    await expect(signIn(browser(), 'cs-owner', 'owner-pw', client)).resolves.toBeDefined();
    await expect(signIn(browser(), 'cs-owner', 'owner-pw', { ...client, clientSecret: 'guess' })).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
    });
  });

  test('a second sign-in in the same browser asks for no password', async () => {
    const go = browser();
    await signIn(go);
    const { url } = await createSignIn({ issuer, clientId: 'portal', redirectUri: `${base}/auth/callback` }).begin();
    expect((await go(url)).location).toMatch(`${base}/auth/callback?`);
  });

  test.each(['portal', 'kept-secret'])('without PKCE %s gets no code', async (clientId) => {
    const { url } = await createSignIn({ issuer, clientId, redirectUri: `${base}/auth/callback` }).begin();
    const bare = new URL(url);
    bare.searchParams.delete('code_challenge');
    bare.searchParams.delete('code_challenge_method');
    const { location } = await browser()(bare.href);
    expect(new URL(location).searchParams.get('error')).toBe('invalid_request');
  });

  test('a code works once, and only with the verifier and state it was asked with', async () => {
    const { flow, kept, callback } = await signIn(browser());
    await expect(flow.complete(callback, kept)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    const other = createSignIn({ issuer, clientId: 'portal', redirectUri: `${base}/auth/callback` });
    const go = browser();
    const begun = await other.begin();
    const page = (await go(begun.url)).location;
    const back = new URL((await go((await go(page, { username: 'cs-owner', password: 'owner-pw' })).location)).location);
    const foreign = (await other.begin()).flow;
    await expect(other.complete(back, { ...begun.flow, state: foreign.state })).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    await expect(other.complete(back, { ...begun.flow, codeVerifier: foreign.codeVerifier })).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
    });
  });

  test('tokens are renewed until the person signs out, which asks nothing', async () => {
    const go = browser();
    const { flow, tokens } = await signIn(go);
    const renewed = await flow.refresh(tokens.refreshToken as string);
    expect((await verifier().verify(renewed.accessToken)).sub).toBe('cs-owner');
    const out = await go(await flow.endSessionUrl({ idToken: tokens.idToken as string, returnTo: `${base}/` }));
    expect(out).toMatchObject({ status: 303, location: `${base}/` });
    await expect(flow.refresh(renewed.refreshToken as string)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect((await go((await flow.begin()).url)).location).toContain('/login/');
    expect(await go(await flow.endSessionUrl({ idToken: tokens.idToken as string, returnTo: `${base}/` }))).toMatchObject({
      status: 303,
      location: `${base}/`,
    });
  });

  test('signing out without the token, or with another person’s, asks first and needs no script', async () => {
    const go = browser();
    const { flow } = await signIn(go);
    const stranger = await signIn(browser(), 'cs-steward', 'steward-pw');
    for (const hint of [{}, { idToken: stranger.tokens.idToken as string }]) {
      const asked = await go(await flow.endSessionUrl({ ...hint, returnTo: `${base}/` }));
      expect(asked.status).toBe(200);
      expect(asked.html).toMatch(/<button type="submit" form="op.logoutForm"[^>]*>退出/);
      expect(asked.html).not.toContain('<script');
    }
    const asked = await go(await flow.endSessionUrl({ returnTo: `${base}/` }));
    const [, action = '', xsrf = ''] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/.exec(asked.html) ?? [];
    expect((await go(action, { xsrf, logout: 'yes' })).location).toBe(`${base}/`);
    expect((await go((await flow.begin()).url)).location).toContain('/login/');
  });
});

describe('sign-in page', () => {
  const open = async () => {
    const go = browser();
    const { url } = await createSignIn({ issuer, clientId: 'portal', redirectUri: `${base}/auth/callback` }).begin();
    return { go, page: (await go(url)).location };
  };

  test('is Chinese, labelled, without script, under a strict policy, and lists users without passwords', async () => {
    const { go, page } = await open();
    const { html, headers } = await go(page);
    expect(html).toContain('<html lang="zh-CN">');
    for (const field of ['username', 'password'])
      expect(html).toMatch(new RegExp(`<label for="${field}">[^<]+</label>\\s*<input id="${field}" name="${field}"`));
    expect(html).toContain('填报 &lt;本单位&gt; 场景');
    expect(html).not.toMatch(/owner-pw|steward-pw|<script/);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self' http:\/\/127.*frame-ancestors 'none'/);
  });

  test.each([
    ['a wrong password', { username: 'cs-owner', password: 'steward-pw' }],
    ['an unknown name', { username: '"><script>', password: 'x' }],
    ['an empty form', {}],
    ['a form without end', { username: 'x'.repeat(20_000), password: 'owner-pw' }],
  ])('%s shows one error, tied to the fields, and signs nobody in', async (_, form) => {
    const { go, page } = await open();
    const { status, html, location } = await go(page, form as Record<string, string>);
    expect([status, location]).toEqual([422, '']);
    expect(html).toContain('<p class="error" id="error" role="alert">用户名或口令不对');
    expect(html).toMatch(/<input id="username"[^>]* aria-invalid="true" aria-describedby="error"/);
    expect(html).not.toContain('<script>');
  });

  test('a link of the list fills in the name', async () => {
    const { go, page } = await open();
    const [, link = ''] = /href="([^"]+cs-steward)"/.exec((await go(page)).html) ?? [];
    expect((await go(new URL(link, page).href)).html).toContain('value="cs-steward"');
  });

  test('a form sent without the cookie of its sign-in says that it expired', async () => {
    const { page } = await open();
    const { status, html } = await browser()(page, { username: 'cs-owner', password: 'owner-pw' });
    expect(status).toBe(400);
    expect(html).toContain('登录已过期');
  });

  test('a request that the realm refuses gets a Chinese page', async () => {
    const { status, html } = await browser()(`${issuer}/protocol/openid-connect/auth?client_id=nobody&response_type=code`);
    expect(status).toBe(400);
    expect(html).toContain('登录没有完成');
  });
});

describe('password grant for scripts', () => {
  test('gives a token that the node takes', async () => {
    const answer = (await (await passwordGrant({ username: 'cs-steward', password: 'steward-pw' })).json()) as {
      access_token: string;
      expires_in: number;
    };
    expect(await verifier().verify(answer.access_token)).toMatchObject({
      sub: 'cs-steward',
      azp: 'scripts',
      clearance_level: 'L4',
      acr: '2',
    });
    expect(answer.expires_in).toBe(3600);
  });

  test.each([
    ['a wrong password', { username: 'cs-steward', password: 'owner-pw' }, 'invalid_grant'],
    ['no password', { username: 'cs-steward' }, 'invalid_grant'],
    ['a client without this right', { client_id: 'portal', username: 'cs-steward', password: 'steward-pw' }, 'invalid_request'],
  ])('refuses %s', async (_, form, error) => {
    const response = await passwordGrant(form as Record<string, string>);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });
});

describe('the key', () => {
  test('is readable by its owner only and outlives a restart, and so do tokens', async () => {
    const { access_token: token } = (await (await passwordGrant({ username: 'cs-owner', password: 'owner-pw' })).json()) as {
      access_token: string;
    };
    expect(readdirSync(stateDir)).toEqual(['demo-identity-key.pem']);
    expect(statSync(join(stateDir, 'demo-identity-key.pem')).mode & 0o777).toBe(0o600);
    identity = await createDemoIdentity(options());
    expect((await verifier().verify(token)).sub).toBe('cs-owner');
  });

  test('of another folder is another: its tokens are not taken', async () => {
    const { access_token: token } = (await (await passwordGrant({ username: 'cs-owner', password: 'owner-pw' })).json()) as {
      access_token: string;
    };
    const other = mkdtempSync(join(tmpdir(), 'demo-identity-'));
    const before = identity;
    identity = await createDemoIdentity({ ...options(), stateDir: other });
    await expect(verifier().verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    identity = before;
    rmSync(other, { recursive: true });
  });
});

test('nothing above was a fault of the server', () => {
  expect(faults).toEqual([]);
});

test('it refuses to start in production, and under an address that is no realm', async () => {
  await expect(createDemoIdentity({ ...options(), production: true })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(createDemoIdentity({ ...options(), issuer: base })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
