import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startAttackIssuer, type AttackIssuer } from '../testing/attack-issuer.ts';
import { goodClaims, secondsNow, signed } from '../testing/token-bench.ts';
import { tokenVerifierSuite } from '../testing/token-verifier-suite.ts';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

tokenVerifierSuite('jose, attack issuer', createTokenVerifier, startAttackIssuer);

const issuers: AttackIssuer[] = [];
afterEach(async () => {
  for (const issuer of issuers.splice(0)) await issuer[Symbol.asyncDispose]();
});
async function attackIssuer() {
  const bench = await startAttackIssuer();
  issuers.push(bench);
  return bench;
}
const codeOf = (verifier: TokenVerifier, token: string) =>
  verifier.verify(token).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  );

test('ES256 is taken where it is agreed, which it is by default', async () => {
  const bench = await attackIssuer();
  const token = await signed(goodClaims(bench), bench.ecKey!, 'ES256');
  expect(await codeOf(createTokenVerifier(bench), token)).toBe('taken');
  expect(await codeOf(createTokenVerifier({ ...bench, algorithms: ['RS256'] }), token)).toBe('TOKEN_INVALID');
});

test('times within five seconds are forgiven', async () => {
  const bench = await attackIssuer();
  const verifier = createTokenVerifier(bench);
  expect(await codeOf(verifier, await signed({ ...goodClaims(bench), exp: secondsNow() - 3 }, bench.key))).toBe('taken');
  expect(await codeOf(verifier, await signed({ ...goodClaims(bench), iat: secondsNow() + 4 }, bench.key))).toBe('taken');
});

test('discovery and keys are asked for once, and for a foreign token not at all', async () => {
  const bench = await attackIssuer();
  const verifier = createTokenVerifier(bench);
  await codeOf(verifier, await signed({ ...goodClaims(bench), aud: 'account' }, bench.key));
  expect(bench.counts).toEqual({ keys: 0, discovery: 0 });
  const tokens = await Promise.all(Array.from({ length: 10 }, () => bench.good()));
  expect(new Set(await Promise.all(tokens.map((token) => codeOf(verifier, token))))).toEqual(new Set(['taken']));
  expect(bench.counts).toEqual({ keys: 1, discovery: 1 });
});

test('keys that are old are used on while the issuer is away, and asked for again', async () => {
  const bench = await attackIssuer();
  const verifier = createTokenVerifier({ ...bench, restMs: 0, maxAgeMs: 0 });
  const token = await bench.good();
  expect(await codeOf(verifier, token)).toBe('taken');
  bench.misbehave((res) => res.destroy());
  expect(await codeOf(verifier, token)).toBe('taken');
  const ofNewKey = await signed(goodClaims(bench), { ...bench.key, kid: 'new' });
  expect(await codeOf(verifier, ofNewKey)).toBe('UPSTREAM_UNAVAILABLE');
  expect(bench.counts.keys).toBe(3);
});

test('an issuer that is away is asked again by the next caller after its rest', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  const issuer = `http://127.0.0.1:${port}/realms/hunan`;
  const bench = await attackIssuer();
  const token = await signed({ ...goodClaims(bench), iss: issuer }, bench.key);
  const verifier = createTokenVerifier({ issuer, audience: bench.audience, restMs: 300 });
  expect(await codeOf(verifier, token)).toBe('UPSTREAM_UNAVAILABLE');
  const server = createServer((_req, res) =>
    res
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ issuer, jwks_uri: `${bench.issuer}/protocol/openid-connect/certs` })),
  ).listen(port, '127.0.0.1');
  expect(await codeOf(verifier, token)).toBe('UPSTREAM_UNAVAILABLE');
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(await codeOf(verifier, token)).toBe('taken');
  server.closeAllConnections();
  server.close();
});

test('a discovery document of another issuer is not believed', async () => {
  const bench = await attackIssuer();
  const issuer = `${bench.issuer}/other`;
  const verifier = createTokenVerifier({ issuer, audience: bench.audience });
  expect(await codeOf(verifier, await signed({ ...goodClaims(bench), iss: issuer }, bench.key))).toBe('UPSTREAM_UNAVAILABLE');
});
