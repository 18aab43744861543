import { randomBytes } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { RETRY } from './client.ts';
import { dispose, withinMs } from './deadline.ts';
import { kindOf } from './faults.ts';
import { connected } from './supervised-producer.ts';

const JOIN_MS = 20_000;
const ANSWER_MS = 10_000;

/**
 * Which of these topics the brokers show, but do not let this node read. A fetch that is refused does not say for which topic; a
 * commit needs the same right and is answered topic by topic. It is made in a group of its own, which nobody ever goes on with.
 */
export async function unreadableTopics(
  { kafka, groupPrefix, topics }: { kafka: Kafka; groupPrefix: string; topics: readonly string[] },
  signal: AbortSignal,
): Promise<Set<string>> {
  const unreadable = new Set<string>();
  if (topics.length === 0) return unreadable;
  const groupId = `${groupPrefix}${randomBytes(9).toString('base64url')}`;
  const consumer = kafka.consumer({ groupId, retry: { ...RETRY, retries: 0, restartOnFailure: async () => false } });
  try {
    await connected(consumer, signal);
    await withinMs(ANSWER_MS, 'subscribing', consumer.subscribe({ topics: [...topics], fromBeginning: true }), signal);
    const joined = Promise.withResolvers<void>();
    const { GROUP_JOIN, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, () => {
      consumer.pause(topics.map((topic) => ({ topic, partitions: [0] }))); // before the first fetch
      joined.resolve();
    });
    consumer.on(CRASH, ({ payload }) => joined.reject(payload.error));
    const joining = consumer.run({ autoCommit: false, eachBatch: async () => {} });
    await withinMs(JOIN_MS, 'joining a group', Promise.all([joining, joined.promise]), signal);
    for (const topic of topics) {
      const commit = consumer.commitOffsets([{ topic, partition: 0, offset: '0' }]);
      await withinMs(ANSWER_MS, `asking whether ${topic} may be read`, commit, signal).catch((error: unknown) => {
        if (kindOf(error) !== 'TOPIC_AUTHORIZATION_FAILED') throw error;
        unreadable.add(topic);
      });
    }
    return unreadable;
  } finally {
    void dispose(consumer);
  }
}
