import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAttackIssuer, type AttackIssuer } from '../testing/attack-issuer.ts';
import { goodClaims, secondsNow, signed, without } from '../testing/token-bench.ts';

/**
 * What our wrapping of keycloak-connect is for. When a release mends one of these, its test fails, and a guard may go.
 */
let bench: AttackIssuer;
beforeAll(async () => void (bench = await startAttackIssuer()));
afterAll(() => bench[Symbol.asyncDispose]());

const SCRIPT = join(import.meta.dirname, '../testing/raw-grant-manager.mjs');
async function raw(what: 'verify' | 'introspect', tokens: string[]): Promise<string> {
  const server = bench.issuer.replace(/\/realms\/.*/, '');
  return promisify(execFile)(process.execPath, [SCRIPT, server, what, ...tokens], { timeout: 15_000 }).then(
    ({ stdout }) => stdout.trim(),
    ({ stderr }: { stderr: string }) => (/SyntaxError/.test(stderr) ? 'the process ended' : stderr),
  );
}

test('by itself it waits for ever for a key endpoint that hangs', async () => {
  bench.misbehave(() => undefined);
  expect(await raw('verify', [await bench.good()])).toBe('pending');
});

test('by itself it ends the process when keys or introspection are answered with HTML', async () => {
  bench.misbehave((res) => res.end('<h1>502</h1>'));
  expect(await raw('verify', [await bench.good()])).toBe('the process ended');
  expect(await raw('introspect', [await bench.good()])).toBe('the process ended');
});

test('by itself it fetches keys once for each of 50 unknown key ids', async () => {
  bench.misbehave(undefined);
  const before = bench.counts.keys;
  const unknown = Array.from({ length: 50 }, (_, i) => signed(goodClaims(bench), { ...bench.key, kid: `u-${i}` }));
  expect(await raw('verify', await Promise.all(unknown))).toBe('refused');
  expect(bench.counts.keys - before).toBe(50);
});

test('by itself it takes a token without exp, with exp as text, and with nbf in the future', async () => {
  bench.misbehave(undefined);
  const claims = goodClaims(bench);
  const odd = [without(claims, 'exp'), { ...claims, exp: 'never' as unknown as number }, { ...claims, nbf: secondsNow() + 3600 }];
  for (const claim of odd) expect(await raw('verify', [await signed(claim, bench.key)])).toBe('passed');
});
