import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAttackIssuer, type AttackIssuer } from '../testing/attack-issuer.ts';
import { goodClaims, secondsNow, signed } from '../testing/token-bench.ts';
import { createKeycloakServices } from './keycloak-services.ts';

type Answer = (req: IncomingMessage, res: ServerResponse, form: URLSearchParams) => unknown;
const SECRET = 's3cret-of-the-service';
let keys: AttackIssuer;
let server: Server;
let issuer: string;
let answers: { token: Answer; introspect: Answer };
let asked: { path: string; form: URLSearchParams; authorization: string | undefined }[];

/** A realm whose token endpoint does what a test says; its keys are the attack issuer's. */
beforeEach(async () => {
  keys = await startAttackIssuer();
  asked = [];
  answers = { token: async (_req, res) => res.end(await tokenAnswer()), introspect: (_req, res) => res.end('{"active":true}') };
  server = createServer((req, res) => void route(req, res)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/hunan`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await keys[Symbol.asyncDispose]();
});

async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
  res.setHeader('content-type', 'application/json');
  if (req.url!.endsWith('/certs')) {
    res.end(await (await fetch(`${keys.issuer}/protocol/openid-connect/certs`)).text());
    return;
  }
  let body = '';
  for await (const chunk of req as AsyncIterable<Buffer>) body += chunk.toString();
  const form = new URLSearchParams(body);
  asked.push({ path: req.url!, form, authorization: req.headers.authorization });
  await answers[req.url!.endsWith('/introspect') ? 'introspect' : 'token'](req, res, form);
}
const tokenAnswer = async (lifeS = 300) =>
  JSON.stringify({ access_token: await accessToken({ exp: secondsNow() + lifeS }), expires_in: lifeS, token_type: 'Bearer' });
const accessToken = (more = {}) =>
  signed(
    {
      ...goodClaims({ issuer, audience: 'xiangjing-430000' }),
      realm_access: { roles: ['analyst'] },
      resource_access: { portal: { roles: ['reader'] } },
      jti: String(Math.random()),
      ...more,
    },
    keys.key,
  );
const services = (more = {}) =>
  createKeycloakServices({ issuer, clientId: 'xiangjing-430100', clientSecret: SECRET, timeoutMs: 300, ...more });

describe('the token of a service account', () => {
  test('is asked for once by any number of callers and kept', async () => {
    const service = services();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => service.token()));
    expect(new Set([...tokens, await service.token()]).size).toBe(1);
    expect(asked).toHaveLength(1);
    expect(Object.fromEntries(asked[0]!.form)).toMatchObject({ grant_type: 'client_credentials', client_id: 'xiangjing-430100' });
    expect(asked[0]!.authorization).toBe(`Basic ${Buffer.from(`xiangjing-430100:${SECRET}`).toString('base64')}`);
  });

  test('is renewed 20 s before it ends', async () => {
    let now = Date.now();
    const service = services({ clock: { now: () => new Date(now) } });
    const first = await service.token();
    now += 275_000;
    expect(await service.token()).toBe(first);
    now += 6_000;
    expect(await service.token()).not.toBe(first);
  });

  test('signed by a stranger is not taken', async () => {
    const other = await startAttackIssuer();
    answers.token = async (_req, res) => {
      const forged = await signed({ ...goodClaims({ issuer, audience: 'x' }) }, other.key);
      res.end(JSON.stringify({ access_token: forged }));
    };
    await expect(services().token()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await other[Symbol.asyncDispose]();
  });

  test.each([401, 400, 403])('refused with %i says which account to look at, and never its secret', async (status) => {
    answers.token = (_req, res) => res.writeHead(status).end('{"error":"unauthorized_client"}');
    const error = await services()
      .token()
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('xiangjing-430100'), remedy: /./ });
    expect(inspect(error, { depth: 9 })).not.toMatch(
      new RegExp(`${SECRET}|${Buffer.from(`xiangjing-430100:${SECRET}`).toString('base64')}`),
    );
  });
});

const FAULTS: [string, Answer][] = [
  ['hangs', () => undefined],
  ['sends half', (_req, res) => res.write('{"active":')],
  ['answers HTML', (_req, res) => res.setHeader('content-type', 'text/html').end('<h1>502</h1>')],
  ['answers HTML said to be JSON', (_req, res) => res.end('<h1>502</h1>')],
  ['answers null', (_req, res) => res.end('null')],
  ['answers nothing', (_req, res) => res.end()],
  ['answers without end', (_req, res) => res.end(`{"x":"${'x'.repeat(300_000)}"}`)],
  ['answers 500', (_req, res) => res.writeHead(500).end('<h1>500</h1>')],
  ['answers 429', (_req, res) => res.writeHead(429).end()],
  ['hangs up', (_req, res) => res.destroy()],
];
test.each(FAULTS)('an endpoint that %s fails the call in time, leaves no connection behind, and is forgiven', async (_, fault) => {
  const service = services();
  answers = { token: fault, introspect: fault };
  const started = performance.now();
  await expect(service.token()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  await expect(service.introspect('a.b.c')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(performance.now() - started).toBeLessThan(1_500);
  await expect.poll(() => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))).toBeLessThanOrEqual(1);
  answers = { token: async (_req, res) => res.end(await tokenAnswer()), introspect: (_req, res) => res.end('{"active":true}') };
  await expect(service.token()).resolves.toMatch(/^eyJ/);
  expect(await service.introspect('a.b.c')).toBe(true);
});

test('introspection tells what holds from what does not', async () => {
  const service = services();
  expect(await service.introspect(await accessToken())).toBe(true);
  answers.introspect = (_req, res) => res.end('{"active":false}');
  expect(await service.introspect(await accessToken())).toBe(false);
  expect(asked.at(-1)!.path).toBe('/realms/hunan/protocol/openid-connect/token/introspect');
});

test('roles are read of a token of this issuer alone', async () => {
  const service = services();
  const roles = await service.roles(await accessToken());
  expect(['realm:analyst', 'realm:owner', 'portal:reader', 'portal:owner'].map((role) => roles.has(role))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  await expect(service.roles(await keys.good())).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  await expect(service.roles('garbage')).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
});
