import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

const now = new Date('2026-11-24T08:00:00Z');
const seconds = now.getTime() / 1000;
const audience = 'xiangjing-430100';
let rsa: { publicKey: CryptoKey; privateKey: CryptoKey };
let ec: { publicKey: CryptoKey; privateKey: CryptoKey };
let stranger: { publicKey: CryptoKey; privateKey: CryptoKey };
let certs: string;
beforeAll(async () => {
  rsa = await generateKeyPair('RS256', { extractable: true });
  ec = await generateKeyPair('ES256', { extractable: true });
  stranger = await generateKeyPair('RS256');
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' },
    { ...(await exportJWK(ec.publicKey)), kid: 'k2', use: 'sig', alg: 'ES256' },
  ];
  certs = JSON.stringify({ keys });
});

/** An identity server reduced to its two documents; `answer` may misbehave on the keys. */
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
async function identityServer(answer: (res: ServerResponse) => void = (res) => res.end(certs)) {
  const counts = { keys: 0, discovery: 0 };
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    if (req.url?.endsWith('/certs')) {
      counts.keys++;
      answer(res);
    } else {
      counts.discovery++;
      res.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/certs` }));
    }
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/hunan`;
  const verifier = createTokenVerifier({ issuer, audience, clock: { now: () => now }, timeoutMs: 300 });
  return { issuer, verifier, counts };
}

const goodClaims = (issuer: string): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: 'u1',
  typ: 'Bearer',
  iat: seconds - 10,
  exp: seconds + 300,
  grants: ['coordinator@4301'],
});
const sign = (
  claims: JWTPayload,
  key: CryptoKey | Uint8Array = rsa.privateKey,
  header: { alg: string; kid?: string } = { alg: 'RS256', kid: 'k1' },
) => new SignJWT(claims).setProtectedHeader(header).sign(key);
const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
const codeOf = (verifier: TokenVerifier, token: string) =>
  verifier.verify(token).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  );

test('a good token is taken, signed by RS256 or ES256, with one audience of several, and keeps its other claims', async () => {
  const { issuer, verifier, counts } = await identityServer();
  const claims = goodClaims(issuer);
  await expect(verifier.verify(await sign(claims))).resolves.toMatchObject({ sub: 'u1', grants: ['coordinator@4301'] });
  await expect(
    verifier.verify(await sign({ ...claims, aud: ['account', audience] }, ec.privateKey, { alg: 'ES256', kid: 'k2' })),
  ).resolves.toBeDefined();
  expect(counts).toEqual({ keys: 1, discovery: 1 });
});

describe('attacks', () => {
  const changes: [string, (claims: JWTPayload) => JWTPayload, string][] = [
    ['another audience', (claims) => ({ ...claims, aud: 'xiangjing-430200' }), 'AUDIENCE'],
    ['no audience', (claims) => without(claims, 'aud'), 'AUDIENCE'],
    ['another issuer', (claims) => ({ ...claims, iss: `${claims.iss}x` }), 'TOKEN_INVALID'],
    ['the issuer with a slash', (claims) => ({ ...claims, iss: `${claims.iss}/` }), 'TOKEN_INVALID'],
    ['expired', (claims) => ({ ...claims, exp: seconds - 6 }), 'TOKEN_INVALID'],
    ['no exp', (claims) => without(claims, 'exp'), 'TOKEN_INVALID'],
    ['exp as text', (claims) => ({ ...claims, exp: String(seconds + 300) as unknown as number }), 'TOKEN_INVALID'],
    ['nbf in the future', (claims) => ({ ...claims, nbf: seconds + 60 }), 'TOKEN_INVALID'],
    ['iat in the future', (claims) => ({ ...claims, iat: seconds + 60, exp: seconds + 600 }), 'TOKEN_INVALID'],
    ['no iat', (claims) => without(claims, 'iat'), 'TOKEN_INVALID'],
    ['made too long ago', (claims) => ({ ...claims, iat: seconds - 90_000 }), 'TOKEN_INVALID'],
    ['no sub', (claims) => without(claims, 'sub'), 'TOKEN_INVALID'],
    ['an empty sub', (claims) => ({ ...claims, sub: '' }), 'TOKEN_INVALID'],
    ['no typ', (claims) => without(claims, 'typ'), 'TOKEN_INVALID'],
    ['an ID token for us', (claims) => ({ ...claims, typ: 'ID', nonce: 'n' }), 'TOKEN_INVALID'],
    ['a refresh token', (claims) => ({ ...claims, typ: 'Refresh' }), 'TOKEN_INVALID'],
  ];
  test.each(changes)('%s', async (_, change, code) => {
    const { issuer, verifier } = await identityServer();
    expect(await codeOf(verifier, await sign(change(goodClaims(issuer))))).toBe(code);
  });

  test('times within five seconds are forgiven', async () => {
    const { issuer, verifier } = await identityServer();
    expect(await codeOf(verifier, await sign({ ...goodClaims(issuer), exp: seconds - 4 }))).toBe('taken');
    expect(await codeOf(verifier, await sign({ ...goodClaims(issuer), iat: seconds + 4 }))).toBe('taken');
  });

  test('algorithms and keys: none, HS256 with the public key as secret, PS256, a forged kid, a stranger’s key, a changed payload', async () => {
    const { issuer, verifier } = await identityServer();
    const claims = goodClaims(issuer);
    const publicPem = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    const [head = '', , signature = ''] = (await sign(claims)).split('.');
    const grown = Buffer.from(JSON.stringify({ ...claims, grants: ['node-operator@43'] })).toString('base64url');
    const attacks = {
      none: new UnsecuredJWT(claims).encode(),
      hmac: await sign(claims, publicPem, { alg: 'HS256', kid: 'k1' }),
      pss: await sign(claims, (await generateKeyPair('PS256')).privateKey, { alg: 'PS256', kid: 'k1' }),
      forged: await sign(claims, stranger.privateKey, { alg: 'RS256', kid: 'k9' }),
      stranger: await sign(claims, stranger.privateKey),
      crossed: await sign(claims, ec.privateKey, { alg: 'ES256', kid: 'k1' }),
      grown: `${head}.${grown}.${signature}`,
      garbage: 'garbage',
      dots: 'a.b.c',
      empty: '',
      huge: `${'a'.repeat(20_000)}.b.c`,
    };
    for (const [name, token] of Object.entries(attacks)) expect([name, await codeOf(verifier, token)]).toEqual([name, 'TOKEN_INVALID']);
  });

  test('50 unknown keys at once cost at most two fetches, a token of another issuer or audience none', async () => {
    const { issuer, verifier, counts } = await identityServer();
    const foreign = await sign({ ...goodClaims(issuer), aud: 'account' });
    await codeOf(verifier, foreign);
    expect(counts).toEqual({ keys: 0, discovery: 0 });
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, i) => sign(goodClaims(issuer), stranger.privateKey, { alg: 'RS256', kid: `k-${i}` })),
    );
    const codes = await Promise.all(tokens.map((token) => codeOf(verifier, token)));
    expect(new Set(codes)).toEqual(new Set(['TOKEN_INVALID']));
    expect(counts.keys).toBeLessThanOrEqual(2);
  });

  test('no text repeats the token', async () => {
    const { issuer, verifier } = await identityServer();
    const token = await sign({ ...goodClaims(issuer), exp: 1, name: 'c4n4ry' });
    const error = await verifier.verify(token).catch((refusal: Error) => refusal);
    expect(inspect(error)).not.toMatch(/c4n4ry|eyJ/);
  });
});

describe('an identity server in trouble is told apart from a bad token', () => {
  test.each<[string, (res: ServerResponse) => void]>([
    ['hangs', () => undefined],
    ['sends half', (res) => void res.write('{"keys":')],
    ['answers HTML', (res) => res.setHeader('content-type', 'text/html').end('<h1>502</h1>')],
    ['answers JSON that is no key set', (res) => res.end('{"keys":"none"}')],
    ['answers 500', (res) => res.writeHead(500).end()],
    ['hangs up', (res) => res.destroy()],
  ])('the key endpoint %s', async (_, answer) => {
    const { issuer, verifier } = await identityServer(answer);
    const started = performance.now();
    expect(await codeOf(verifier, await sign(goodClaims(issuer)))).toBe('UPSTREAM_UNAVAILABLE');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('an issuer that is away is asked again by the next caller', async () => {
    const { issuer, verifier } = await identityServer();
    const [server] = servers as [Server];
    const { port } = server.address() as AddressInfo;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const token = await sign(goodClaims(issuer));
    expect(await codeOf(verifier, token)).toBe('UPSTREAM_UNAVAILABLE');
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await codeOf(verifier, token)).toBe('taken');
  });

  test('a discovery document of another issuer is not believed', async () => {
    const { issuer } = await identityServer();
    const other = `${issuer}/other`;
    const verifier = createTokenVerifier({ issuer: other, audience, clock: { now: () => now } });
    expect(await codeOf(verifier, await sign({ ...goodClaims(issuer), iss: other }))).toBe('UPSTREAM_UNAVAILABLE');
  });
});
