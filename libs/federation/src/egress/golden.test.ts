import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Envelope } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { digestOf } from '../core/feed.ts';
import { signerOf } from '../registry/keys.ts';
import { registryKeyOf } from '../registry/registry.ts';
import { signatureFault } from '../registry/signature.ts';
import { eventBytes, factEvent, retractedEvent, upsertedEvent, type EventContent, type EventPlace } from './event-bytes.ts';

interface Vector {
  name: string;
  content: {
    upserted?: Parameters<typeof upsertedEvent>;
    retracted?: Parameters<typeof retractedEvent>[0];
    fact?: Parameters<typeof factEvent>[1];
  };
  place: Omit<EventPlace, 'time'> & { time: string };
  bytes: string;
  digest: string;
  signature: string;
}
/** Made once and kept: bytes that a node of this wire generation wrote must read, verify and digest the same for ever. */
const golden = JSON.parse(readFileSync(new URL('./vectors/wire-1.json', import.meta.url), 'utf8')) as {
  key: { d: string; x: string; kid: string };
  events: Vector[];
};
const { kid, ...jwk } = golden.key;
const signer = signerOf('430100', createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', ...jwk }, format: 'jwk' }));
const at = new Date('2026-11-24T08:00:00Z');
const keys = [registryKeyOf(signer, at)];

const contentOf = ({ upserted, retracted, fact }: Vector['content']): EventContent =>
  upserted ? upsertedEvent(...upserted) : retracted ? retractedEvent(retracted) : factEvent('430100', fact!);

test('the key of RFC 8037 gives the name it always had', () => expect(signer.kid).toBe(kid));

test.each(golden.events)('$name: same bytes, digest and signature', async ({ content, place, bytes, digest, signature }) => {
  const made = eventBytes(contentOf(content), { ...place, time: new Date(place.time) });
  expect(made.toString('utf8')).toBe(bytes);
  expect(digestOf(made)).toBe(digest);
  expect(signer.sign(made)).toBe(signature);
  expect(await signatureFault(Buffer.from(bytes), signature, keys, at)).toBeNull();
  expect(Envelope.safeParse(JSON.parse(bytes)).error).toBeUndefined();
});

test.each(golden.events)('$name: another byte, header or key does not verify', async ({ bytes, signature }) => {
  const altered = Buffer.from(bytes);
  altered[20]! ^= 1;
  expect(await signatureFault(altered, signature, keys, at)).toBe('does not verify');
  const [header, mark] = signature.split('..') as [string, string];
  const alg = (name: string) =>
    `${Buffer.from(JSON.stringify({ alg: name, b64: false, crit: ['b64'], kid })).toString('base64url')}..${mark}`;
  expect(await signatureFault(Buffer.from(bytes), alg('none'), keys, at)).toBe('wrong algorithm');
  expect(await signatureFault(Buffer.from(bytes), `${header}.e30.${mark}`, keys, at)).toBe('malformed');
  expect(await signatureFault(Buffer.from(bytes), signature, [], at)).toBe('unknown key');
  expect(await signatureFault(Buffer.from(bytes), signature, keys, new Date('2020-01-01'))).toBe('outside the validity of the key');
});
