import { generateKeyPairSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { metrics, trace } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';
import type { TestKafka } from '@xiangjing/platform/testing';
import { applyTopics } from '../kafka/apply-topics.ts';
import { createClient, RETRY } from '../kafka/client.ts';
import type { KafkaConnection } from '../kafka/kafka-connection.ts';
import { createKafkaEventLog, type KafkaEventLogOptions } from '../kafka/kafka-event-log.ts';
import { planTopics, withAdmin } from '../kafka/plan-topics.ts';
import type { SentLife, TopicLives } from '../kafka/topic-lives.ts';
import { signerOf, type Signer } from '../registry/keys.ts';
import { CITY_VIEWS, PROVINCE_VIEWS, registryKeyOf, type RegistryDocument } from '../registry/registry.ts';
import type { EventLogBench } from './event-log-suite.ts';

export const BENCH_NODES = ['430000', '430100', '430200', '430300'] as const;
export const testLog = createLogger({ level: 'fatal' });

export interface KafkaBench extends EventLogBench {
  registry: RegistryDocument;
  admin: KafkaConnection;
  connection(adcode: string): KafkaConnection;
  lives(adcode: string): MemoryLives;
  open(adcode: string, more?: Partial<KafkaEventLogOptions>): Promise<ReturnType<typeof createKafkaEventLog>>;
}

/** A broker with topics and rights of a small federation; each suite begins with empty ones. */
export async function kafkaBench(server: Omit<TestKafka, 'dataDir'>, nodes: readonly string[] = BENCH_NODES): Promise<KafkaBench> {
  const { brokers, admin: sasl, passwords } = server;
  const admin: KafkaConnection = { brokers, sasl };
  const connection = (adcode: string): KafkaConnection => ({
    brokers,
    sasl: { username: `xiangjing-${adcode}`, password: passwords[`xiangjing-${adcode}`]! },
  });
  const signers = new Map(nodes.map((adcode) => [adcode, signerOf(adcode, generateKeyPairSync('ed25519').privateKey)]));
  const signer = (adcode: string): Signer => signers.get(adcode)!;
  const registry = registryOf([...signers.values()]);
  const topics = { registry, connection: admin, replication: { factor: 1, minInSync: 1 }, retentionMs: 30 * 86_400_000, log: testLog };
  await removeTopics(admin);
  await applyTopics(await planTopics(topics), topics);
  await untilRightsHold(connection(nodes[0]!));
  const lives = new Map(nodes.map((adcode) => [adcode, memoryLives()]));
  return {
    registry,
    admin,
    signer,
    connection,
    lives: (adcode) => lives.get(adcode)!,
    open: async (adcode, more = {}) =>
      createKafkaEventLog({
        adcode,
        connection: connection(adcode),
        lives: lives.get(adcode)!,
        signer: signer(adcode),
        release: 'test',
        registry: { node: (code) => registry.nodes.find((node) => node.adcode === code) },
        clock: { now: () => new Date() },
        log: testLog,
        meter: metrics.getMeter('test'),
        tracer: trace.getTracer('test'),
        ...more,
      }),
    [Symbol.asyncDispose]: () => removeTopics(admin),
  };
}

export function registryOf(signers: readonly Signer[], version = 1): RegistryDocument {
  const nodes = signers.map((signer) => ({
    adcode: signer.adcode,
    nameZh: `节点${signer.adcode}`,
    url: null,
    keys: [registryKeyOf(signer, new Date())],
    views: signer.adcode.endsWith('0000') ? PROVINCE_VIEWS : CITY_VIEWS,
    release: 'test',
  }));
  return { version, issuedAt: new Date().toISOString(), nodes };
}

export interface MemoryLives extends TopicLives {
  held: Map<string, SentLife>;
  faults: string[];
  /** What was noted of reading topics: codes, null for well. */
  readings: (string | null)[];
}
export function memoryLives(): MemoryLives {
  const held = new Map<string, SentLife>();
  const faults: string[] = [];
  const readings: (string | null)[] = [];
  return {
    held,
    faults,
    readings,
    read: async (view) => held.get(view) ?? null,
    save: async (view, life) => void held.set(view, life),
    fail: async (_view, { code }) => void faults.push(code),
    noteReading: async (fault) => void readings.push(fault?.code ?? null),
  };
}

/** The brokers take new rights in a moment after they acknowledged them: nobody may write at all before. */
async function untilRightsHold(connection: KafkaConnection): Promise<void> {
  for (const end = performance.now() + 20_000; ; await setTimeout(200)) {
    const producer = createClient(connection, 'test', testLog).producer({ idempotent: true, maxInFlightRequests: 1, retry: RETRY });
    const isAllowed = await producer.connect().then(
      () => true,
      () => false,
    );
    await producer.disconnect();
    if (isAllowed || performance.now() > end) return setTimeout(200);
  }
}

async function removeTopics(admin: KafkaConnection): Promise<void> {
  await withAdmin({ connection: admin, log: testLog }, async (client) => {
    const topics = (await client.listTopics()).filter((topic) => topic.startsWith('xiangjing.'));
    if (topics.length > 0) await client.deleteTopics({ topics });
  });
}
