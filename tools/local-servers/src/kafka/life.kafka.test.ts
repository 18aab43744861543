import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKafka, type KafkaServer } from '../kafka.ts';
import { isPortFree } from '../server-process/free-ports.ts';
import './quiet-client.ts';

const root = mkdtempSync(join(tmpdir(), 'xiangjing-kafka-life-'));
const runDir = join(root, 'run');
const secure = { passwords: { 'xiangjing-430100': 'one', admin: 'known' } };
let kafka: KafkaServer;

beforeAll(async () => {
  kafka = await startKafka({ runDir, secure });
});
afterAll(async () => {
  await kafka.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Works at once after each start, without any retry: that is what ready means. */
async function asAdmin<T>(use: (admin: ReturnType<Kafka['admin']>) => Promise<T>, brokers = kafka.brokers): Promise<T> {
  const sasl = { mechanism: 'scram-sha-512' as const, username: 'admin', password: 'known' };
  const admin = new Kafka({ brokers, sasl, logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin();
  try {
    await admin.connect();
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}
const topics = (): Promise<string[]> => asAdmin(async (admin) => (await admin.listTopics()).filter((name) => !name.startsWith('__')));
const makeTopic = (topic: string): Promise<boolean> =>
  asAdmin((admin) => admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }] }));

test('a killed broker comes back on its ports with what it held', async () => {
  await makeTopic('kept');
  const before = kafka.pid();
  await kafka.kill();
  expect((await kafka.ended()).signal).toBe('SIGKILL');
  expect(await isPortFree(kafka.port)).toBe(true);
  await kafka.start();
  expect(kafka.pid()).not.toBe(before);
  expect(await topics()).toEqual(['kept']);
});

test('a wiped broker has the same address and users, and nothing else', async () => {
  await expect(kafka.wipe()).rejects.toMatchObject({ code: 'SERVER_START' });
  const cluster = await asAdmin((admin) => admin.describeCluster());
  await kafka.stop();
  await kafka.wipe();
  await kafka.start();
  expect(await topics()).toEqual([]);
  expect((await asAdmin((admin) => admin.describeCluster())).clusterId).not.toBe(cluster.clusterId);
});

test('a second start in its folder is refused while it runs, then finds port and topics again', async () => {
  await makeTopic('found-again');
  await expect(startKafka({ runDir, secure })).rejects.toMatchObject({ code: 'DATA_FOLDER_TAKEN' });
  const { port } = kafka;
  await kafka.stop();
  await expect(startKafka({ runDir })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  kafka = await startKafka({ runDir, secure });
  expect(kafka.port).toBe(port);
  expect(await topics()).toEqual(['found-again']);
});

test('a port that is taken is named', async () => {
  await expect(startKafka({ runDir: join(root, 'other'), port: kafka.port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining(String(kafka.port)),
  });
});
