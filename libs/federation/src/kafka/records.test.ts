import type { KafkaMessage } from 'kafkajs';
import { expect, test } from 'vitest';
import { generateKeyPairSync } from 'node:crypto';
import { signerOf } from '../registry/keys.ts';
import { TestFeed } from '../testing/test-feed.ts';
import { readRecord, recordsOf } from './records.ts';

const signer = signerOf('430100', generateKeyPairSync('ed25519').privateKey);
const feed = new TestFeed(signer).grow(3);
const INCARNATION = 'incarnation-1';

/** What comes back of a record as the brokers keep it: headers as buffers. */
function message(record: ReturnType<typeof recordsOf>[number], offset = 7, changed: Record<string, string | undefined> = {}): KafkaMessage {
  const headers = Object.entries({ ...(record.headers as Record<string, string>), ...changed }).filter(([, value]) => value !== undefined);
  return {
    key: Buffer.from(record.key as string),
    value: record.value as Buffer,
    timestamp: '1',
    attributes: 0,
    offset: String(offset),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(value!)])),
  };
}

test('a record carries the stored bytes under the record id, and reads back as the same event', () => {
  const records = recordsOf({ ...feed.page(1), traceparent: '00-a-b-01' }, INCARNATION);
  const read = records.map((record, index) => readRecord(feed, message(record, index)));
  expect(read).toMatchObject([
    { is: 'event', offset: 0, epoch: 1, seq: 2, incarnation: INCARNATION, event: feed.events[1], traceparent: '00-a-b-01' },
    { is: 'event', offset: 1, epoch: 1, seq: 3, incarnation: INCARNATION, event: feed.events[2], traceparent: undefined },
  ]);
  for (const { key, value } of records) expect(key).toBe((JSON.parse(String(value)) as { subject: string }).subject);
});

test('text that looks like a key inside the data does not become the key of the record', () => {
  const [event] = feed.events;
  const forged = Buffer.from(event!.bytes, 'base64').toString().replace('"reason":', '"partitionkey":"urn:x","reason":');
  const [record] = recordsOf({ ...feed.page(0, 1), events: [{ ...event!, bytes: Buffer.from(forged).toString('base64') }] }, INCARNATION);
  expect(record!.key).toMatch(/^urn:xiangjing:430100:opportunity:/);
});

test.each([
  ['no signature', { signature: undefined }, 'EVENT_MALFORMED'],
  ['no detached signature', { signature: 'a.b.c' }, 'EVENT_MALFORMED'],
  ['no incarnation', { incarnation: undefined }, 'EVENT_MALFORMED'],
  ['an incarnation of other signs', { incarnation: '<script>' }, 'EVENT_MALFORMED'],
  ['no id', { id: undefined }, 'EVENT_MALFORMED'],
  ['an id of another shape', { id: '430100/peer/1/-1' }, 'EVENT_MALFORMED'],
  ['another origin', { id: '430200/peer/1/1' }, 'SOURCE_MISMATCH'],
  ['another view', { id: '430100/up/1/1' }, 'SOURCE_MISMATCH'],
  ['another number than the bytes', { id: '430100/peer/1/2' }, 'SOURCE_MISMATCH'],
] as const)('a record with %s is none of the feed', (_, changed, code) => {
  const [record] = recordsOf(feed.page(0, 1), INCARNATION);
  expect(readRecord(feed, message(record!, 7, changed))).toMatchObject({ is: 'foreign', offset: 7, code });
});
