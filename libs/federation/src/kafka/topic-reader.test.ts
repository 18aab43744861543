import { generateKeyPairSync } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';
import type { KafkaMessage, Message } from 'kafkajs';
import { expect, test } from 'vitest';
import type { FeedStand, IncomingPage } from '../event-log.ts';
import { signerOf } from '../registry/keys.ts';
import { Collector, followed } from '../testing/event-log-suite.ts';
import { TestFeed } from '../testing/test-feed.ts';
import { recordsOf } from './records.ts';
import { createTopicReader } from './topic-reader.ts';

/** Takes what is the feed's, in order, and leaves the rest out, whatever its headers say. */
class Judge extends Collector {
  readonly #feed: TestFeed;
  readonly held: number[] = [];
  constructor(feed: TestFeed) {
    super(() => [followed(feed)]);
    this.#feed = feed;
  }
  override async take(page: IncomingPage): Promise<FeedStand> {
    await super.take(page);
    for (const [index, { bytes }] of page.events.entries()) {
      const seq = page.from + 1 + index;
      const isGood = page.epoch === 1 && seq === this.held.length + 1 && bytes === this.#feed.events[seq - 1]?.bytes;
      if (isGood) this.held.push(seq);
    }
    return { epoch: 1, seq: this.held.length };
  }
}

function bench(events: number) {
  const feed = new TestFeed(signerOf('430100', generateKeyPairSync('ed25519').privateKey)).grow(events);
  const source = new Judge(feed);
  const reader = createTopicReader({
    origin: feed.origin,
    view: feed.view,
    source,
    keys: () => [],
    clock: { now: () => new Date() },
    log: createLogger({ level: 'silent' }),
    tracer: trace.getTracer('test'),
    random: () => 0,
    signal: new AbortController().signal,
    onRead: () => {},
    onSetAside: () => {},
  });
  reader.begin(followed(feed));
  let end = 0;
  const read = (records: Message[]) => {
    const messages = records.map(({ key, value, headers }) => ({ key, value, headers, offset: String(end++), timestamp: '0' }));
    return reader.read(messages as unknown as KafkaMessage[], end);
  };
  const genuine = (from: number, count: number) => recordsOf(feed.page(from, count), 'incarnation');
  return { source, read, genuine };
}

const forged = (epoch: number, seq: number): Message => {
  const id = `430100/peer/${epoch}/${seq}`;
  return { value: Buffer.from(`{"id":"${id}"}`), headers: { id, signature: 'x..x', incarnation: 'incarnation' } };
};

test('a record that claims a later epoch moves nothing: the feed goes on, now and after the next build', async () => {
  const { source, read, genuine } = bench(4);
  await read(genuine(0, 1));
  await read([forged(2, 1)]);
  await read(genuine(1, 1));
  await read([forged(2, 1), ...genuine(2, 1)]);
  await read(genuine(3, 1));
  expect(source.held).toEqual([1, 2, 3, 4]);
  expect(source.pages.filter(({ epoch }) => epoch === 2)).not.toEqual([]);
});

test('records that claim numbers ahead, however many, do not make the genuine ones look like repeats', async () => {
  const { source, read, genuine } = bench(2);
  await read(genuine(0, 1));
  await read(Array.from({ length: 2_500 }, (_, index) => forged(1, index + 2)));
  await read(genuine(1, 1));
  expect(source.held).toEqual([1, 2]);
});

test('a repeat of what is held is passed over; other bytes under its number are not', async () => {
  const { source, read, genuine } = bench(3);
  await read(genuine(0, 3));
  await read(genuine(0, 3));
  expect(source.pages).toHaveLength(1);
  await read([forged(1, 2)]);
  expect(source.pages).toHaveLength(2);
});
