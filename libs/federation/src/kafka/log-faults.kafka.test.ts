import { testKafka } from '@xiangjing/platform/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventLog } from '../event-log.ts';
import { appendAll, Collector, expectSoon, followed } from '../testing/event-log-suite.ts';
import { kafkaBench, testLog, type KafkaBench } from '../testing/kafka-bench.ts';
import { TestFeed } from '../testing/test-feed.ts';
import { aclOf, filterOf } from './acls.ts';
import { applyTopics } from './apply-topics.ts';
import { createClient, loadKafkajs } from './client.ts';
import { planTopics, withAdmin } from './plan-topics.ts';
import { recordsOf } from './records.ts';

const [WRITER, OTHER, READER] = ['430100', '430300', '430200'] as const;
const TOPIC = `xiangjing.${WRITER}.peer`;

describe('what goes wrong with topics', () => {
  let bench: KafkaBench;
  let feed: TestFeed;
  let writer: EventLog;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    bench = await kafkaBench(testKafka());
    feed = new TestFeed(bench.signer(WRITER));
    writer = await bench.open(WRITER, { recheckMs: 500 });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  afterAll(async () => {
    await writer.close();
    await bench[Symbol.asyncDispose]();
  });

  async function follow(source: Collector, more: { recheckMs?: number } = { recheckMs: 500 }): Promise<EventLog> {
    const log = await bench.open(READER, more);
    const stopping = new AbortController();
    const following = log.follow(source, stopping.signal);
    stops.push(async () => {
      stopping.abort();
      await Promise.all([log.close(), following]);
    });
    return log;
  }

  /** As whoever runs the brokers: nobody else may write there. */
  async function smuggle(records: { value: Buffer | null; headers?: Record<string, string> }[]): Promise<void> {
    const producer = createClient(bench.admin, 'admin', testLog).producer();
    await producer.connect();
    await producer.send({ topic: TOPIC, messages: records });
    await producer.disconnect();
  }
  const deleteTopic = () =>
    withAdmin({ connection: bench.admin, log: testLog }, async (admin) => {
      await admin.deleteTopics({ topics: [TOPIC] });
      await expect.poll(() => admin.listTopics(), { timeout: 20_000 }).not.toContain(TOPIC);
    });
  async function expectAppended(): Promise<void> {
    await expect.poll(() => appendAll(writer, feed).then(() => 'appended', String), { timeout: 20_000, interval: 500 }).toBe('appended');
  }
  async function makeTopics(): Promise<void> {
    const options = { registry: bench.registry, connection: bench.admin, replication: { factor: 1, minInSync: 1 }, log: testLog };
    await applyTopics(await planTopics({ ...options, retentionMs: 86_400_000 }), options);
  }

  test('records that are none of the feed are set aside with code and reason, and the feed goes on', async () => {
    await appendAll(writer, feed.grow(2));
    const strange = new TestFeed(bench.signer(OTHER)).grow(1);
    const [foreign] = recordsOf(strange.page(0), 'incarnation-x');
    const [ours] = recordsOf(feed.page(0, 1), 'incarnation-x');
    const headers = ours!.headers as Record<string, string>;
    const heartbeat = { ...headers, id: `${WRITER}/peer/heartbeat/1` };
    await smuggle([
      { value: Buffer.from('hello') },
      { value: null, headers },
      { value: ours!.value as Buffer, headers: { ...headers, signature: '' } },
      { value: Buffer.alloc(300_000, 'x'), headers },
      { value: foreign!.value as Buffer, headers: foreign!.headers as Record<string, string> },
      { value: ours!.value as Buffer, headers: { ...headers, id: `${WRITER}/peer/1/3` } },
      { value: Buffer.from('{}'), headers: heartbeat },
    ]);
    await appendAll(writer, feed.grow(2));
    const source = new Collector(() => [followed(feed)]);
    await follow(source);
    await expectSoon(() => source.has(feed) && source.setAsides.length >= 7);
    expect(source.setAsides.slice(0, 7).map(({ offset, code }) => [offset, code])).toEqual([
      [2, 'EVENT_MALFORMED'],
      [3, 'EVENT_MALFORMED'],
      [4, 'EVENT_MALFORMED'],
      [5, 'EVENT_TOO_LARGE'],
      [6, 'SOURCE_MISMATCH'],
      [7, 'SOURCE_MISMATCH'],
      [8, 'SIGNATURE_INVALID'],
    ]);
  });

  test('other bytes under a number that was handed over are handed over too: the applier must see them', async () => {
    const source = new Collector(() => [followed(feed)]);
    await follow(source);
    await expectSoon(() => source.has(feed));
    const twin = new TestFeed(bench.signer(WRITER)).grow(feed.head.seq);
    const [record] = recordsOf(twin.page(feed.head.seq - 1), bench.lives(WRITER).held.get('peer')!.incarnation);
    await smuggle([{ value: record!.value as Buffer, headers: record!.headers as Record<string, string> }]);
    await expectSoon(() => source.of(WRITER).get(feed.head.seq)?.bytes === twin.events.at(-1)!.bytes);
  });

  test('acknowledgements that were not kept lead to repeats in the topic and to none for a reader', async () => {
    const lives = bench.lives(WRITER);
    const stale = lives.held.get('peer')!;
    const before = feed.head.seq;
    const source = new Collector(() => [followed(feed, before)]);
    await follow(source);
    await appendAll(writer, feed.grow(5));
    await expectSoon(() => source.has(feed, before));
    lives.held.set('peer', stale);
    const restarted = await bench.open(WRITER);
    stops.push(() => restarted.close());
    await appendAll(restarted, feed.grow(1));
    await expectSoon(() => source.has(feed, before));
    expect(source.pages.flatMap((page) => page.events)).toHaveLength(6);
  });

  test('a topic that was made anew is filled again, and its reader notices by the incarnation', async () => {
    const before = feed.head.seq;
    const source = new Collector(() => [followed(feed, before)]);
    await follow(source);
    await appendAll(writer, feed.grow(1));
    await expectSoon(() => source.has(feed, before));
    const life = bench.lives(WRITER).held.get('peer')!;

    await deleteTopic();
    await makeTopics();
    feed.grow(1);
    await expectAppended();
    await expectSoon(() => source.has(feed, before));
    expect(bench.lives(WRITER).held.get('peer')!.incarnation).not.toBe(life.incarnation);
    const fresh = new Collector(() => [{ ...followed(feed), mark: { incarnation: life.incarnation, nextOffset: 3 } }]);
    await follow(fresh);
    await expectSoon(() => fresh.has(feed));
  });

  test('a missing topic is told with what to do, holds nobody else up, and is used as soon as it is there', async () => {
    await deleteTopic();
    const other = new TestFeed(bench.signer(OTHER));
    const otherWriter = await bench.open(OTHER);
    stops.push(() => otherWriter.close());
    await appendAll(otherWriter, other.grow(2));
    const source = new Collector(() => [followed(feed), followed(other)]);
    const log = await follow(source);
    await expectSoon(() => source.has(other));
    const remedy = expect.stringContaining('xiangjing federation topics --apply') as string;
    expect(log.health()).toMatchObject({
      isAlive: true,
      lastError: { code: 'TOPIC_MISSING', remedy },
      missing: [{ origin: WRITER, view: 'peer' }],
    });
    await expect(writer.append(feed.page(feed.head.seq, 0))).rejects.toMatchObject({ code: 'TOPIC_MISSING', remedy });
    expect(bench.lives(WRITER).faults.at(-1)).toBe('TOPIC_MISSING');
    expect(bench.lives(READER).readings.at(-1)).toBe('TOPIC_MISSING');

    await makeTopics();
    feed.grow(1);
    await expectAppended();
    await expectSoon(() => source.has(feed));
    await expect.poll(() => log.health()).toMatchObject({ lastError: null, missing: [] });
    await expect.poll(() => bench.lives(READER).readings.at(-1)).toBeNull();
  });

  test('a topic that is made right after the start is written and read within seconds, as in service', async () => {
    await deleteTopic();
    const started = await bench.open(WRITER);
    stops.push(() => started.close());
    const source = new Collector(() => [followed(feed)]);
    await follow(source, {});
    for (const end = performance.now() + 3_000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 500)))
      await expect(started.append(feed.page(0))).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
    await makeTopics();
    await expect.poll(() => appendAll(started, feed).then(() => 'appended', String), { timeout: 8_000, interval: 500 }).toBe('appended');
    await expect.poll(() => source.has(feed), { timeout: 12_000 }).toBe(true);
  });

  test('a topic that is seen and may not be read is told as missing, holds nobody else up, and is read once it may be', async () => {
    const { AclOperationTypes } = loadKafkajs();
    const principal = `User:xiangjing-${READER}`;
    const read = aclOf({ principal, resource: 'topic', name: TOPIC, isPrefix: false, operation: 'READ' }, loadKafkajs());
    const asAdmin = <T>(work: Parameters<typeof withAdmin<T>>[1]) => withAdmin({ connection: bench.admin, log: testLog }, work);
    const other = new TestFeed(bench.signer(OTHER)).grow(0);
    const otherWriter = await bench.open(OTHER);
    stops.push(() => otherWriter.close());
    await asAdmin((admin) => admin.createAcls({ acl: [{ ...read, operation: AclOperationTypes.DESCRIBE }] }));
    await asAdmin((admin) => admin.deleteAcls({ filters: [filterOf(read)] }));
    const source = new Collector(() => [followed(feed), followed(other)]);
    const log = await follow(source);
    const before = source.heads.length;
    await expect
      .poll(
        async () => {
          await otherWriter.append(other.page(0, 0));
          return source.heads.length > before && log.health().missing;
        },
        { timeout: 60_000, interval: 500 },
      )
      .toEqual([{ origin: WRITER, view: 'peer' }]);
    expect(source.of(WRITER).size).toBe(0);
    expect(log.health()).toMatchObject({
      isAlive: true,
      lastError: { code: 'TOPIC_MISSING', remedy: expect.stringContaining('--apply') as string },
    });
    await asAdmin((admin) => admin.createAcls({ acl: [read] }));
    await expectSoon(() => source.has(feed));
    await expect.poll(() => log.health()).toMatchObject({ lastError: null, missing: [] });
  }, 150_000);

  test('brokers that do not answer are told, and clients made anew', async () => {
    const reasons: string[] = [];
    const meter = { createCounter: () => ({ add: (_: number, { reason }: { reason?: string }) => void (reason && reasons.push(reason)) }) };
    const connection = { ...bench.connection(WRITER), brokers: ['127.0.0.1:1'] };
    const log = await bench.open(WRITER, { connection, meter: meter as never });
    stops.push(() => log.close());
    await expect(log.append(feed.page(feed.head.seq, 0))).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(log.health()).toMatchObject({ isAlive: false, lastError: { code: 'BROKER_UNAVAILABLE' } });
    expect(reasons.length).toBeGreaterThan(0);
    const wrong = await bench.open(WRITER, {
      connection: { ...bench.connection(WRITER), sasl: { username: 'xiangjing-430100', password: 'wrong' } },
    });
    stops.push(() => wrong.close());
    await expect(wrong.append(feed.page(feed.head.seq, 0))).rejects.toMatchObject({
      code: 'BROKER_UNAVAILABLE',
      remedy: expect.stringContaining('password') as string,
    });
  });
});
