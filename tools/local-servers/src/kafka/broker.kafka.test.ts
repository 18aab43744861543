import { testKafka } from '@xiangjing/platform/testing';
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { expect, test } from 'vitest';
import './quiet-client.ts';

const { brokers, admin, passwords } = testKafka();

function clientOf(username: string, password = passwords[username] ?? ''): Kafka {
  const sasl: KafkaConfig['sasl'] = { mechanism: 'scram-sha-512', username, password };
  return new Kafka({ brokers, sasl, logLevel: logLevel.NOTHING, retry: { retries: 1 } });
}

async function newTopic(): Promise<string> {
  const topic = `test.${randomUUID()}`;
  const connection = clientOf(admin.username, admin.password).admin();
  await connection.connect();
  await connection.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }] });
  await connection.disconnect();
  return topic;
}

async function send(kafka: Kafka, topic: string): Promise<string | undefined> {
  const producer = kafka.producer({ retry: { retries: 1 }, allowAutoTopicCreation: false });
  try {
    await producer.connect();
    return (await producer.send({ topic, acks: -1, messages: [{ value: 'x', partition: 0 }] }))[0]?.baseOffset;
  } finally {
    await producer.disconnect();
  }
}

test('every node of the federation has a user', () => {
  expect(Object.keys(passwords)).toHaveLength(15);
});

test('the admin makes topics and writes to them', async () => {
  await expect(send(clientOf(admin.username, admin.password), await newTopic())).resolves.toBe('0');
});

test('a wrong password is refused', async () => {
  await expect(send(clientOf('xiangjing-430100', 'wrong'), await newTopic())).rejects.toThrow(/SASL|authentication/i);
});

test('a node without right to a topic can neither write to it nor see it', async () => {
  const topic = await newTopic();
  const stranger = clientOf('xiangjing-430100');
  await expect(send(stranger, topic)).rejects.toThrow(/not authorized/i);
  const connection = stranger.admin();
  await connection.connect();
  expect(await connection.listTopics()).toEqual([]);
  await connection.disconnect();
});
