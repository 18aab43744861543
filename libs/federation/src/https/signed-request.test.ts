import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { signerOf } from '../registry/keys.ts';
import { registryKeyOf } from '../registry/registry.ts';
import { REQUEST_WINDOW_MS, signRequest, verifyRequest, type RequestToVerify } from './signed-request.ts';

const now = new Date('2026-11-24T08:00:00Z');
const signer = signerOf('430100', generateKeyPairSync('ed25519').privateKey);
const node = { adcode: '430100', keys: [registryKeyOf(signer, now)] };
const nodeOf = (adcode: string) => (adcode === '430100' ? node : undefined);
const request = { method: 'POST', path: '/federation/v1/feed?a=1', body: '{"x":1}', to: '430000' };
const signed = (at = now): RequestToVerify => ({ ...request, headers: signRequest(signer, request, at), now });
const verdict = async (altered: Partial<RequestToVerify> = {}) => {
  const result = await verifyRequest({ ...signed(), ...altered }, nodeOf);
  return result.ok ? 'ok' : result.code;
};

test('a request verifies as signed, and not with any part changed', async () => {
  expect(await verdict()).toBe('ok');
  const { headers } = signed();
  const changes: Partial<RequestToVerify>[] = [
    { method: 'GET' },
    { path: '/federation/v1/feed?a=2' },
    { body: '{"x":2}' },
    { body: '' },
    { to: '430200' },
    { headers: {} },
    { headers: { ...headers, 'federation-node': '430200' } },
    { headers: { ...headers, 'federation-time': new Date(now.getTime() + 1).toISOString() } },
    { headers: { ...headers, 'federation-signature': signer.sign(Buffer.from('another text')) } },
    { headers: { ...headers, 'federation-signature': 'x' } },
  ];
  for (const change of changes) expect(await verdict(change)).toBe('REQUEST_UNSIGNED');
});

test('five minutes either way, by the time of the receiver', async () => {
  for (const [offMs, expected] of [
    [REQUEST_WINDOW_MS, 'ok'],
    [-REQUEST_WINDOW_MS, 'ok'],
    [REQUEST_WINDOW_MS + 1, 'REPLAY'],
    [-REQUEST_WINDOW_MS - 1, 'REPLAY'],
  ] as const) {
    const result = await verifyRequest(signed(new Date(now.getTime() + offMs)), nodeOf);
    expect(result.ok ? 'ok' : result.code).toBe(expected);
  }
});

test('a key outside its validity signs nothing', async () => {
  const late = new Date('2030-01-01T00:00:00Z');
  expect(await verifyRequest({ ...signed(late), now: late }, nodeOf)).toMatchObject({
    ok: false,
    code: 'REQUEST_UNSIGNED',
    claimed: '430100',
  });
});
