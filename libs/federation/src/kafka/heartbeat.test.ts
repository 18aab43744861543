import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { genesis } from '../core/feed.ts';
import { signerOf } from '../registry/keys.ts';
import { registryKeyOf } from '../registry/registry.ts';
import { heartbeatBytes, readHeartbeat } from './heartbeat.ts';

const signer = signerOf('430100', generateKeyPairSync('ed25519').privateKey);
const now = new Date('2026-11-24T08:00:00.000Z');
const keys = [registryKeyOf(signer, now)];
const feed = { origin: '430100', view: 'up' };
const head = { ...genesis('430100', 'up'), seq: 7 };
const bytes = heartbeatBytes(feed, head, { release: '1.2.3', at: now });
const signature = signer.sign(bytes);

test('a heartbeat is a CloudEvent that names head, release and wire generation, and takes no number', async () => {
  const event = JSON.parse(bytes.toString()) as Record<string, unknown>;
  expect(event).toMatchObject({ specversion: '1.0', type: 'heartbeat.v1', source: 'urn:xiangjing:430100', fedview: 'up', fedepoch: 1 });
  expect(event).not.toHaveProperty('sequence');
  const read = await readHeartbeat(feed, { bytes, signature, keys, now });
  expect(read).toEqual({ at: now, data: { epoch: 1, seq: 7, digest: head.digest, release: '1.2.3', wireGeneration: 1 } });
});

test('one of another feed, of another key, or changed on the way is refused', async () => {
  const read = (at: typeof feed, more: Partial<Parameters<typeof readHeartbeat>[1]> = {}) =>
    readHeartbeat(at, { bytes, signature, keys, now, ...more });
  expect(await read({ ...feed, view: 'peer' })).toMatchObject({ code: 'SOURCE_MISMATCH' });
  expect(await read({ ...feed, origin: '430200' })).toMatchObject({ code: 'SOURCE_MISMATCH' });
  expect(await read(feed, { keys: [] })).toMatchObject({ code: 'SIGNATURE_INVALID' });
  expect(await read(feed, { bytes: Buffer.from(bytes.toString().replace('"seq":7', '"seq":9')) })).toMatchObject({
    code: 'SIGNATURE_INVALID',
  });
  for (const change of [{ wireGeneration: 32_768 }, { release: 'x'.repeat(61) }]) {
    const event = JSON.parse(bytes.toString()) as { data: object };
    const big = Buffer.from(JSON.stringify({ ...event, data: { ...event.data, ...change } }));
    expect(await read(feed, { bytes: big, signature: signer.sign(big) })).toMatchObject({ code: 'EVENT_MALFORMED' });
  }
  const other = Buffer.from('{"type":"heartbeat.v1"}');
  expect(await read(feed, { bytes: other, signature: signer.sign(other) })).toMatchObject({ code: 'EVENT_MALFORMED' });
});
