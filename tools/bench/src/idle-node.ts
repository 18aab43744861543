import { createRequire } from 'node:module';
import { createKafkaEventLog, genesis, topicOf, type FollowSource, type KafkaConnection } from '@xiangjing/federation';
import { createLogger, startTelemetry } from '@xiangjing/platform';
import { livesInMemory } from './lives-in-memory.ts';

/** What one process of B14 does: nothing at all, our clients of one node, or kafkajs as it comes with the same topics. */
export interface IdleNode {
  is: 'bare' | 'ours' | 'stock';
  adcode: string;
  connection: KafkaConnection;
  reads: { origin: string; view: string }[];
  writes: string[];
}

const HEARTBEAT_MS = 30_000;
let isAlive = () => true;

async function begin({ is, adcode, connection, reads, writes }: IdleNode): Promise<void> {
  if (is === 'bare') return;
  if (is === 'stock') return stock({ adcode, connection, reads });
  const { meter, tracer } = startTelemetry({ serviceName: 'bench', attributes: {} });
  const log = createKafkaEventLog({
    adcode,
    connection,
    lives: livesInMemory(),
    signer: { adcode, kid: adcode, publicKey: '', sign: () => 'e30..AA' },
    release: 'bench',
    registry: { node: () => undefined },
    clock: { now: () => new Date() },
    log: createLogger({ level: 'error', destination: 'stderr' }),
    meter,
    tracer,
  });
  const source: FollowSource = {
    feeds: async () => reads.map((feed) => ({ cursor: { ...feed, ...genesis(feed.origin, feed.view) }, mark: null, events: true })),
    take: async () => {},
    heard: async () => {},
    setAside: async () => {},
  };
  isAlive = () => log.health().isAlive;
  void log.follow(source, new AbortController().signal);
  const beat = async () => {
    for (const view of writes) {
      const head = genesis(adcode, view);
      await log.append({ origin: adcode, view, epoch: 1, from: 0, prev: head.digest, events: [], head });
    }
  };
  await beat();
  setInterval(() => void beat(), HEARTBEAT_MS);
}

/** With its own settings: what a node would get by connecting and subscribing as its README shows. */
async function stock({ adcode, connection, reads }: Pick<IdleNode, 'adcode' | 'connection' | 'reads'>): Promise<void> {
  const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs') as typeof import('kafkajs');
  const sasl = { mechanism: 'scram-sha-512' as const, ...connection.sasl! };
  const kafka = new Kafka({ brokers: connection.brokers, sasl, clientId: adcode, logLevel: logLevel.NOTHING });
  const [producer, consumer] = [kafka.producer(), kafka.consumer({ groupId: `xiangjing.${adcode}.stock` })];
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: reads.map(({ origin, view }) => topicOf(origin, view)) });
  let fetchedAt = 0;
  consumer.on(consumer.events.FETCH, () => (fetchedAt = performance.now()));
  isAlive = () => performance.now() - fetchedAt < 15_000;
  await consumer.run({ eachMessage: async () => {} });
}

process.on('message', (node: IdleNode | 'usage') => {
  if (node !== 'usage') return void begin(node).then(() => process.send!('ready'));
  const { user, system } = process.cpuUsage();
  process.send!({ cpuMs: (user + system) / 1_000, isAlive: isAlive() });
});
process.once('disconnect', () => process.exit(0));
