import { metrics, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import type { FollowedFeed } from '../event-log.ts';
import { memoryLives, testLog } from '../testing/kafka-bench.ts';
import { createKafkaEventLog } from './kafka-event-log.ts';

/** A log over brokers that are away at first and then hold no topic. */
async function readings(feeds: readonly FollowedFeed[], enough: number) {
  const lives = memoryLives();
  let asked = 0;
  const admin = () => ({
    connect: async () => {
      if ((asked += 1) === 1) throw Object.assign(new Error('connect ECONNREFUSED'), { name: 'KafkaJSConnectionError' });
    },
    listTopics: async () => [],
    disconnect: async () => {},
  });
  const log = createKafkaEventLog({
    adcode: '430000',
    connection: { brokers: [] },
    lives,
    signer: {} as never,
    release: 'test',
    registry: { node: () => undefined },
    clock: { now: () => new Date() },
    log: testLog,
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
    random: () => 0,
    recheckMs: 50,
    kafka: () => ({ admin }) as never,
  });
  const stopping = new AbortController();
  const following = log.follow({ feeds: async () => feeds } as never, stopping.signal);
  try {
    await expect.poll(() => asked, { timeout: 5_000, interval: 20 }).toBeGreaterThan(enough);
    return { noted: lives.readings, health: log.health() };
  } finally {
    stopping.abort();
    await Promise.all([log.close(), following]);
  }
}

test('where there is nothing to read, brokers that answer again end the fault that was noted', async () => {
  const { noted, health } = await readings([], 2);
  expect(noted).toEqual(['BROKER_UNAVAILABLE', null]);
  expect(health).toMatchObject({ isAlive: false, lastError: null, missing: [] });
});

test('where no topic to read is there, brokers that answer again are told to lack it', async () => {
  const cursor = { origin: '430100', view: 'up' };
  const { noted, health } = await readings([{ cursor, events: 0 } as never], 2);
  expect(noted).toEqual(['BROKER_UNAVAILABLE', 'TOPIC_MISSING']);
  expect(health).toMatchObject({ lastError: { code: 'TOPIC_MISSING' }, missing: [cursor] });
});
