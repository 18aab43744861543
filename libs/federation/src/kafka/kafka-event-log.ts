import type { Logger, Meter, Tracer } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { Kafka } from 'kafkajs';
import type { Clock } from '../clock.ts';
import type { EventLog, FollowedFeed, FollowSource, RoadHealth } from '../event-log.ts';
import type { Signer } from '../registry/keys.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { createSerial } from '../serial.ts';
import { createClient, RETRY } from './client.ts';
import { atMostMs, dispose, withinMs } from './deadline.ts';
import { kindOf } from './faults.ts';
import { topicOf, type KafkaConnection } from './kafka-connection.ts';
import { createLogHealth } from './log-health.ts';
import { createReadingNote } from './reading-note.ts';
import { createRecheck } from './recheck.ts';
import { superviseConsumer } from './supervised-consumer.ts';
import { connected, createSupervisedProducer } from './supervised-producer.ts';
import type { TopicLives } from './topic-lives.ts';
import { createTopicReader, type TopicReader } from './topic-reader.ts';
import { createTopicWriter, type TopicWriter } from './topic-writer.ts';
import { unreadableTopics } from './unreadable-topics.ts';

export interface KafkaEventLogOptions {
  adcode: string;
  connection: KafkaConnection;
  lives: TopicLives;
  /** Signs heartbeats; events are signed already. */
  signer: Signer;
  /** What heartbeats say of this node. */
  release: string;
  /** Whose keys heartbeats are checked with. */
  registry: Pick<RegistryStore, 'node'>;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  random?: () => number;
  /** Longest wait of a fetch for something new. */
  maxWaitMs?: number;
  /** How late at most it is asked again whether a missing topic is there, or what is to be read has changed. */
  recheckMs?: number;
  /** Makes its clients. */
  kafka?: () => Kafka;
}

const RECHECK_MS = 30_000;

/** The road over Kafka: a topic per feed, written by its origin alone. */
export function createKafkaEventLog(options: KafkaEventLogOptions): EventLog {
  const { adcode, connection, registry, meter, tracer, clock, log, random = Math.random, maxWaitMs, recheckMs = RECHECK_MS } = options;
  const restarts = meter.createCounter('xiangjing_kafka_client_restarts', { description: 'Kafka clients thrown away and made anew' });
  const appended = meter.createCounter('xiangjing_log_appended_events', { description: 'events acknowledged by the brokers' });
  const readEvents = meter.createCounter('xiangjing_log_read_events', { description: 'events read from topics' });
  const leftOut = meter.createCounter('xiangjing_log_set_aside_records', {
    description: 'records of topics that are no good events of their feed',
  });
  const health = createLogHealth(clock);
  const noteReading = createReadingNote(options.lives, log);
  const closing = new AbortController();
  const { kafka = () => createClient(connection, adcode, log) } = options;
  const supervised = { kafka, log, random, onRestart: (reason: string) => restarts.add(1, { reason }) };
  const producer = createSupervisedProducer(supervised);
  const writers = new Map<string, TopicWriter>();
  const followers = new Set<Promise<void>>();

  function writerOf(view: string): TopicWriter {
    const held = writers.get(view);
    if (held) return held;
    const serially = createSerial();
    const feed = { origin: adcode, view };
    const write = createTopicWriter({
      ...options,
      view,
      producer,
      recheck: createRecheck({ longestMs: recheckMs, random }),
      onMissing: (isMissing) => health.unwritable(feed, isMissing),
    });
    const writer: TopicWriter = (page, signal) => serially(() => write(page, signal));
    writers.set(view, writer);
    return writer;
  }

  async function listTopics(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const admin = await connected(kafka().admin({ retry: RETRY }), signal);
    try {
      return new Set(await withinMs(10_000, 'listing the topics', admin.listTopics(), signal));
    } finally {
      void dispose(admin);
    }
  }

  async function follow(source: FollowSource, signal: AbortSignal): Promise<void> {
    const readers = new Map<string, TopicReader>();
    let planned = { wanted: '', isWhole: false, there: '' };
    /** Topics that may be unreadable since a fetch was refused; those that were when they were last asked after. */
    let suspects: ReadonlySet<string> = new Set();
    const recheck = createRecheck({ longestMs: recheckMs, random });
    const groupPrefix = `xiangjing.${adcode}.`;

    /** What is to be read, and what of it can be. */
    async function plan(): Promise<{ feeds: readonly FollowedFeed[]; plan: typeof planned }> {
      const [feeds, topics] = await Promise.all([source.feeds(), listTopics(signal)]);
      const asked = [...suspects].filter((topic) => topics.has(topic));
      suspects = await unreadableTopics({ kafka: kafka(), groupPrefix, topics: asked }, signal);
      const isThere = ({ cursor }: FollowedFeed) => {
        const topic = topicOf(cursor.origin, cursor.view);
        return topics.has(topic) && !suspects.has(topic);
      };
      const there = feeds.filter(isThere);
      health.unreadable(feeds.filter((feed) => !isThere(feed)).map(({ cursor }) => cursor));
      return { feeds: there, plan: { wanted: textOf(feeds), isWhole: there.length === feeds.length, there: textOf(there) } };
    }

    async function hasChanged(): Promise<boolean> {
      if (planned.isWhole) return textOf(await source.feeds()) !== planned.wanted;
      return (await plan()).plan.there !== planned.there;
    }

    function readerOf({ origin, view }: { origin: string; view: string }): TopicReader {
      return createTopicReader({
        origin,
        view,
        source,
        clock,
        log,
        tracer,
        random,
        signal,
        keys: () => registry.node(origin)?.keys ?? [],
        onRead: (events) => readEvents.add(events, { origin, view }),
        onSetAside: (code) => leftOut.add(1, { origin, view, code }),
      });
    }

    health.following(true);
    await superviseConsumer(
      {
        ...supervised,
        groupPrefix,
        ...(maxWaitMs === undefined ? {} : { maxWaitMs }),
        async prepare() {
          const { feeds, plan: now } = await plan();
          if (now.there !== planned.there) recheck.reset();
          planned = now;
          if (feeds.length === 0) health.passed('read'); // the brokers have answered, and no fetch will tell
          if (!now.isWhole || feeds.length === 0) noteReading(health.readingFault());
          const present = new Map<string, TopicReader>();
          for (const feed of feeds) {
            const topic = topicOf(feed.cursor.origin, feed.cursor.view);
            const reader = readers.get(topic) ?? readerOf(feed.cursor);
            readers.set(topic, reader);
            reader.begin(feed);
            present.set(topic, reader);
          }
          return { readers: present, recheckMs: () => (now.isWhole ? recheckMs : recheck.nextMs()) };
        },
        hasChanged,
        onProgress() {
          health.progress('read');
          noteReading(health.readingFault());
        },
        onFault(error) {
          if (kindOf(error) === 'TOPIC_AUTHORIZATION_FAILED') suspects = new Set(readers.keys());
          health.fault('read', error);
          if (error instanceof DomainError) noteReading(error); // another is no fault of the brokers
        },
      },
      signal,
    );
    health.following(false);
  }

  return {
    road: 'kafka',
    async append(page, signal) {
      const both = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      try {
        const answer = await writerOf(page.view)(page, both);
        health.progress('write');
        if (answer.cursor.seq === page.from + page.events.length) appended.add(page.events.length, { view: page.view });
        return answer;
      } catch (error) {
        if (!both.aborted) health.fault('write', error);
        throw error;
      }
    },
    forget: (view) => void writers.delete(view),
    async follow(source, signal) {
      const following = follow(source, AbortSignal.any([signal, closing.signal]));
      followers.add(following);
      await following.finally(() => followers.delete(following));
    },
    health: (): RoadHealth => health.read(),
    async close() {
      closing.abort(new Error('the Kafka clients of this node are closed'));
      await atMostMs(1_950, Promise.all([producer.close(), ...followers]));
    },
  };
}

const textOf = (feeds: readonly FollowedFeed[]): string =>
  feeds
    .map(({ cursor, events }) => `${topicOf(cursor.origin, cursor.view)} ${events}`)
    .sort()
    .join('\n');
