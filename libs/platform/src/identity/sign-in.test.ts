import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSignIn, type SignInOptions } from './sign-in.ts';

type Answer = (res: ServerResponse) => unknown;
const json =
  (status: number, body: object): Answer =>
  (res) =>
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const html =
  (status: number): Answer =>
  (res) =>
    res.writeHead(status, { 'content-type': 'text/html' }).end('<h1>oh</h1>');
const challenge =
  (header: string): Answer =>
  (res) =>
    res.writeHead(401, { 'www-authenticate': header }).end();

let server: Server;
let issuer: string;
let answers: { discovery: Answer; token: Answer };
let discoveries: number;
beforeEach(async () => {
  discoveries = 0;
  server = createServer((req, res) => {
    const isToken = req.url === '/token';
    if (!isToken) discoveries++;
    answers[isToken ? 'token' : 'discovery'](res);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/end`,
  };
  answers = {
    discovery: json(200, metadata),
    token: json(200, { access_token: 'a', token_type: 'bearer', expires_in: 300, refresh_token: 'r2' }),
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const signIn = (more: Partial<SignInOptions> = {}) =>
  createSignIn({ issuer, clientId: 'portal', redirectUri: 'http://127.0.0.1:1/auth/callback', timeoutMs: 1000, restMs: 0, ...more });

const SILENCE: [string, Answer][] = [
  ['hangs', () => undefined],
  ['hangs up', (res) => res.destroy()],
  ['answers HTML', html(200)],
  ['answers a proxy’s 404', html(404)],
  ['answers a proxy’s 502', html(502)],
  ['answers 500', json(500, { error: 'server_error' })],
  ['answers 503', json(503, { error: 'temporarily_unavailable' })],
  ['answers 429', json(429, { error: 'slow_down' })],
  ['answers broken JSON', (res) => res.setHeader('content-type', 'application/json').end('{"access_token":')],
];

describe('a renewal', () => {
  test('keeps the refresh token where the issuer gives no new one', async () => {
    expect(await signIn().refresh('r1')).toMatchObject({ accessToken: 'a', refreshToken: 'r2' });
    answers.token = json(200, { access_token: 'a', token_type: 'bearer', expires_in: 300 });
    expect(await signIn().refresh('r1')).toMatchObject({ refreshToken: 'r1' });
  });

  test.each(SILENCE)('at an issuer that %s is not refused', async (_, answer) => {
    answers.token = answer;
    await expect(signIn().refresh('r1')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  test.each([
    ['the session is over', json(400, { error: 'invalid_grant', error_description: 'Session not active' })],
    ['the client is disabled', json(401, { error: 'invalid_client' })],
    ['the client may not', json(400, { error: 'unauthorized_client' })],
  ])('is refused where %s', async (_, answer) => {
    answers.token = answer;
    await expect(signIn().refresh('r1')).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });
});

describe('a refusal tells an operator', () => {
  test.each([
    ['a wrong secret', json(401, { error: 'invalid_client' }), 'invalid_client', 'XIANGJING_IDENTITY_CLIENT_SECRET'],
    ['a wrong secret at Keycloak', json(401, { error: 'unauthorized_client' }), 'unauthorized_client', 'XIANGJING_IDENTITY_CLIENT_SECRET'],
    ['a session that is over', json(400, { error: 'invalid_grant' }), 'invalid_grant', '重新登录'],
    ['a challenge', challenge('Basic realm="x", error="invalid_client"'), 'invalid_client', 'XIANGJING_IDENTITY_CLIENT_SECRET'],
  ])('of %s the code of the identity server and what to do', async (_, answer, error, remedy) => {
    answers.token = answer;
    const refused = signIn({ clientSecret: 'the-secret-itself' }).refresh('r1');
    await expect(refused).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      diagnosis: { error, text: expect.stringContaining(error), remedy: expect.stringContaining(remedy) },
    });
  });
});

describe('the start of a sign-in', () => {
  test('asks for a code with PKCE, state and nonce, and for a level only where one is wanted', async () => {
    const query = (url: string) => Object.fromEntries(new URL(url).searchParams);
    const plain = query((await signIn().begin()).url);
    expect(plain).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', state: /./, nonce: /./, scope: 'openid profile' });
    expect(plain).not.toHaveProperty('claims');
    const { claims } = query((await signIn().begin({ acr: '2' })).url);
    expect(JSON.parse(claims!)).toEqual({ id_token: { acr: { essential: true, values: ['2'] } } });
  });

  test.each(SILENCE)('at an issuer that %s says so, and works once it is back', async (_, answer) => {
    const flow = signIn();
    const good = answers.discovery;
    answers.discovery = answer;
    await expect(flow.begin()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    answers.discovery = good;
    await expect(flow.begin()).resolves.toMatchObject({ url: expect.stringContaining('/auth?') });
  });

  test.each([
    [404, html(404), '核对 identity.issuer', '核对身份服务的地址'],
    [404, json(404, { error: 'Realm does not exist' }), '核对 identity.issuer', '核对身份服务的地址'],
    [502, html(502), '检查身份服务是否在运行', '稍后再试'],
  ])('at an issuer whose document answers %i tells an operator address and status', async (status, answer, remedy, toPeople) => {
    answers.discovery = answer;
    const failed = signIn().begin();
    await expect(failed).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      remedy: expect.stringContaining(toPeople),
      diagnosis: {
        status,
        text: `${issuer}/.well-known/openid-configuration 答 ${status}`,
        remedy: expect.stringContaining(remedy),
      },
    });
  });

  test('many at once ask the issuer once, and soon after not at all', async () => {
    const flow = signIn();
    await Promise.all(Array.from({ length: 30 }, () => flow.begin()));
    await flow.begin();
    expect(discoveries).toBe(1);
  });
});
