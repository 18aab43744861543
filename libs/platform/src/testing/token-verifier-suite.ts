import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenVerifier, TokenVerifierOptions } from '../identity/token-verifier.ts';
import { startKeyServer, type KeyServer } from './key-server.ts';
import { base64url, goodClaims, secondsNow, signed, signedAs, without, type PublishedKey, type TokenBench } from './token-bench.ts';

export type MakeVerifier = (options: TokenVerifierOptions) => TokenVerifier;

/** Every attack of the authorization and real-servers guides, on one verifier and one identity server, which takes RS256 only here. */
export function tokenVerifierSuite(name: string, make: MakeVerifier, open: () => Promise<TokenBench>): void {
  describe(`TokenVerifier: ${name}`, () => {
    let bench: TokenBench;
    /** Serves the issuer's keys, counts, and fails on demand: the issuer itself may be one that cannot. */
    let keyServer: KeyServer;
    const stranger: PublishedKey = { privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, kid: 'k9' };
    beforeAll(async () => {
      bench = await open();
      keyServer = await startKeyServer(bench.issuer);
    });
    afterAll(async () => {
      await keyServer[Symbol.asyncDispose]();
      await bench[Symbol.asyncDispose]();
    });
    const verifier = (more: Partial<TokenVerifierOptions> = {}) =>
      make({ issuer: bench.issuer, audience: bench.audience, algorithms: ['RS256'], timeoutMs: 400, restMs: 0, ...more });
    const served = () => verifier({ jwksUri: keyServer.url });
    const claims = (more: JWTPayload = {}): JWTPayload => ({ ...goodClaims(bench), ...more });

    test('takes what the issuer makes, by its discovery document', async () => {
      const taken = await verifier({ timeoutMs: 5_000 }).verify(await bench.good());
      expect(taken).toMatchObject({ iss: bench.issuer, typ: 'Bearer' });
    });

    test('takes one audience of several, and keeps the other claims', async () => {
      const token = await signed(claims({ aud: ['account', bench.audience] }), bench.key);
      expect(await served().verify(token)).toMatchObject({ sub: 'u1', grants: ['coordinator@4301'] });
    });

    const changes: [string, (given: JWTPayload) => JWTPayload, string?][] = [
      ['another audience', (given) => ({ ...given, aud: 'xiangjing-430200' }), 'AUDIENCE'],
      ['no audience', (given) => without(given, 'aud'), 'AUDIENCE'],
      ['another issuer', (given) => ({ ...given, iss: `${given.iss}x` })],
      ['the issuer with a slash', (given) => ({ ...given, iss: `${given.iss}/` })],
      ['the issuer by another name of the host', (given) => ({ ...given, iss: given.iss!.replace('127.0.0.1', 'localhost') })],
      ['expired', (given) => ({ ...given, exp: secondsNow() - 8 })],
      ['no exp', (given) => without(given, 'exp')],
      ['exp as text', (given) => ({ ...given, exp: 'never' as unknown as number })],
      ['exp as text of a number', (given) => ({ ...given, exp: String(secondsNow() + 300) as unknown as number })],
      ['nbf in an hour', (given) => ({ ...given, nbf: secondsNow() + 3600 })],
      ['iat in an hour', (given) => ({ ...given, iat: secondsNow() + 3600, exp: secondsNow() + 7200 })],
      ['no iat', (given) => without(given, 'iat')],
      ['made two days ago', (given) => ({ ...given, iat: secondsNow() - 172_800 })],
      ['no sub', (given) => without(given, 'sub')],
      ['an empty sub', (given) => ({ ...given, sub: '' })],
      ['no typ', (given) => without(given, 'typ')],
      ['typ ID', (given) => ({ ...given, typ: 'ID' })],
      ['bound to a certificate', (given) => ({ ...given, cnf: { 'x5t#S256': 'abc' } }), 'TOKEN_BINDING'],
    ];
    test.each(changes)('refuses: %s', async (_, change, code = 'TOKEN_INVALID') => {
      const [good, bad] = [await signed(claims(), bench.key), await signed(change(claims()), bench.key)];
      const subject = served();
      expect(await outcome(subject, good)).toBe('taken');
      expect(await outcome(subject, bad)).toBe(code);
    });

    test('refuses genuine tokens that are meant for something else', async () => {
      const subject = verifier({ timeoutMs: 5_000 });
      const foreign = Object.entries(await bench.foreign());
      expect(foreign.length).toBeGreaterThan(0);
      for (const [what, token] of foreign) expect([what, await outcome(subject, token)]).toEqual([what, expect.stringMatching(REFUSED)]);
    });

    test('refuses algorithms that are not agreed, under every header', async () => {
      const { key, ecKey } = bench;
      const publicPem = createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }).toString();
      const hmac = (secret: string) =>
        new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(new TextEncoder().encode(secret));
      const body = JSON.stringify(claims());
      const [head = '', payload = ''] = (await bench.good()).split('.');
      await expectRefused({
        'none, by its library': new UnsecuredJWT(claims()).encode(),
        'none, over what the issuer made': `${base64url('{"alg":"none","typ":"JWT"}')}.${payload}.`,
        'nothing after the second dot': `${head}.${payload}.`,
        'HS256 with the public key as secret': await hmac(publicPem),
        'HS256 with the key as one line': await hmac(publicPem.replaceAll('\n', '')),
        'RS512 by the right key': await signed(claims(), key, 'RS512'),
        'PS256 by the right key': await signed(claims(), key, 'PS256'),
        ...(ecKey ? { 'ES256 by a key of the issuer': await signed(claims(), ecKey, 'ES256') } : {}),
        'a good signature under alg none': signedAs({ alg: 'none', kid: key.kid }, body, key),
        'a good signature under alg HS256': signedAs({ alg: 'HS256', kid: key.kid }, body, key),
        'a good signature under no alg': signedAs({ kid: key.kid }, body, key),
        'a critical header': signedAs({ alg: 'RS256', kid: key.kid, crit: ['exp'], exp: 1 }, body, key),
      });
    });

    test('refuses forged keys, changed parts and garbage', async () => {
      const { key } = bench;
      const good = await bench.good();
      const [head = '', payload = '', signature = ''] = good.split('.');
      const grown = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
      const raised = base64url(JSON.stringify({ ...grown, grants: ['node-operator@43'] }));
      const jwk = createPublicKey(stranger.privateKey).export({ format: 'jwk' });
      const body = JSON.stringify(claims());
      await expectRefused({
        'an unknown kid': await signed(claims(), stranger),
        'a stranger’s key under a known kid': await signed(claims(), { ...stranger, kid: key.kid }),
        'a key brought along': signedAs({ alg: 'RS256', jwk }, body, stranger),
        'an address of keys brought along': signedAs({ alg: 'RS256', kid: 'k9', jku: 'http://127.0.0.1:1/keys' }, body, stranger),
        'a changed payload': `${head}.${raised}.${signature}`,
        'a changed signature': `${head}.${payload}.${signature.slice(0, -6)}AAAAAA`,
        'another token’s signature': `${head}.${payload}.${(await signed(claims({ sub: 'u2' }), key)).split('.')[2]}`,
        'a fourth part': `${good}.more`,
        'a body that is no object': signedAs({ alg: 'RS256', kid: key.kid }, '[]', key),
        garbage: 'garbage',
        dots: 'a.b.c',
        empty: '',
        'too long': await signed(claims({ more: 'x'.repeat(20_000) }), key),
      });
    });

    async function expectRefused(tokens: Record<string, string>): Promise<void> {
      const subject = served();
      for (const [what, token] of Object.entries(tokens))
        expect([what, await outcome(subject, token)]).toEqual([what, expect.stringMatching(REFUSED)]);
    }

    test('50 unknown key ids at once cost at most two fetches, and one after another too', async () => {
      const tokens = await Promise.all(Array.from({ length: 50 }, (_, i) => signed(claims(), { ...stranger, kid: `u-${i}` })));
      const subject = served();
      const before = keyServer.fetches;
      const outcomes = await Promise.all(tokens.map((token) => outcome(subject, token)));
      expect(new Set(outcomes)).toEqual(new Set(['TOKEN_INVALID']));
      for (const token of tokens) await outcome(subject, token);
      expect(keyServer.fetches - before).toBeLessThanOrEqual(2);
    });

    test.each(['hang', 'half', 'html', 'no-keys', '500', 'reset'] as const)(
      'a key endpoint that answers with %s neither hangs the call nor blames the token, and is forgiven',
      async (fault) => {
        const subject = served();
        const token = await signed(claims(), bench.key);
        keyServer.fault = fault;
        const started = performance.now();
        try {
          expect(await outcome(subject, token)).toBe('UPSTREAM_UNAVAILABLE');
        } finally {
          keyServer.fault = undefined;
        }
        expect(performance.now() - started).toBeLessThan(2_500);
        expect(await outcome(subject, token)).toBe('taken');
      },
    );

    test('an endpoint in trouble is left alone for a while: its callers do not each wait', async () => {
      const subject = verifier({ jwksUri: keyServer.url, restMs: 60_000 });
      const token = await signed(claims(), bench.key);
      keyServer.fault = 'hang';
      const before = keyServer.fetches;
      for (let i = 0; i < 20; i++) expect(await outcome(subject, token)).toBe('UPSTREAM_UNAVAILABLE');
      keyServer.fault = undefined;
      expect(keyServer.fetches - before).toBe(1);
    });

    test('with the issuer away, known keys go on, and what needs new ones is not called bad', async () => {
      const subject = served();
      const token = await signed(claims(), bench.key);
      expect(await outcome(subject, token)).toBe('taken');
      keyServer.fault = 'reset';
      expect(await outcome(subject, token)).toBe('taken');
      keyServer.fault = undefined;
    });

    test('a key out of use is accepted from the cache until an operator drops it', async () => {
      const subject = served();
      const token = await signed(claims(), bench.key);
      expect(await outcome(subject, token)).toBe('taken');
      keyServer.withdrawn = bench.key.kid;
      try {
        expect(await outcome(subject, token)).toBe('taken');
        subject.dropKeys();
        expect(await outcome(subject, token)).toBe('TOKEN_INVALID');
      } finally {
        keyServer.withdrawn = undefined;
      }
    });

    test('no error repeats the token', async () => {
      const token = await signed(claims({ exp: 1, name: 'c4n4ry' }), bench.key);
      const error = await served()
        .verify(token)
        .catch((refusal: Error) => refusal);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error)).not.toMatch(/c4n4ry|eyJ/);
    });
  });
}

const REFUSED = /^(TOKEN_INVALID|AUDIENCE)$/;

const outcome = (verifier: TokenVerifier, token: string): Promise<string> =>
  verifier.verify(token).then(
    () => 'taken',
    (error: { code?: string }) => error.code ?? String(error),
  );
