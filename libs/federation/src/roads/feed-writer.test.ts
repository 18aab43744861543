import { metrics, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import type { FeedPosition } from '../core/feed.ts';
import type { AppendAnswer, EventLog, OutgoingPage } from '../event-log.ts';
import { signerOf } from '../registry/keys.ts';
import { TestFeed } from '../testing/test-feed.ts';
import { createFeedWriter } from './feed-writer.ts';
import { generateKeyPairSync } from 'node:crypto';

test('the first write asks where the topic stands and carries what it lacks at once; so does a heartbeat that finds it emptied', async () => {
  const feed = new TestFeed(signerOf('430100', generateKeyPairSync('ed25519').privateKey)).grow(3);
  const rows = feed.events.map(({ bytes, signature }, index) => ({
    seq: index + 1,
    bytes: Buffer.from(bytes, 'base64'),
    signature,
    digest: feed.positions[index + 1]!.digest,
  }));
  const query = async (sql: string, values: unknown[]) => {
    if (sql.includes('feed_head')) return { rows: [feed.head] };
    if (sql.includes('octet_length')) return { rows: rows.slice(values[2] as number) };
    return { rows: [feed.positions[values[2] as number]] };
  };
  let held: FeedPosition = feed.positions[0]!;
  const pages: number[] = [];
  const append = async ({ from, events }: OutgoingPage): Promise<AppendAnswer> => {
    pages.push(events.length);
    if (from === held.seq && events.length > 0) held = feed.positions[from + events.length]!;
    return { cursor: held, receiver: null };
  };
  const writer = createFeedWriter({
    pool: { query } as never,
    adcode: '430100',
    view: 'peer',
    road: { road: 'kafka', append } as unknown as EventLog,
    heartbeatMs: 60_000,
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
  });
  expect(await writer.write()).toBe(3);
  expect(pages).toEqual([0, 3]);
  expect(writer.isLevel()).toBe(true);
  expect(await writer.write()).toBe(0);
  held = feed.positions[0]!;
  writer.askAnew();
  expect(await writer.write()).toBe(3);
  expect(pages).toEqual([0, 3, 0, 3]);
});
