import { createKafkaEventLog, type RegistryStore, type Signer } from '@xiangjing/federation';
import { createLogger, type Telemetry } from '@xiangjing/platform';
import { livesInMemory } from './lives-in-memory.ts';
import type { ScratchKafka } from './scratch-kafka.ts';

/** What pieces of a node need around them when they run in the benchmark itself. */
export const surroundings = ({ meter, tracer }: Telemetry) => ({
  clock: { now: () => new Date() },
  log: createLogger({ level: 'error', destination: 'stderr' }),
  meter,
  tracer,
});

/** The road over Kafka of one node, as the node itself opens it; what it acknowledged is kept in memory. */
export function openLog(kafka: ScratchKafka, { adcode, signer, telemetry }: { adcode: string; signer: Signer; telemetry: Telemetry }) {
  return createKafkaEventLog({
    adcode,
    connection: kafka.connection(adcode),
    signer,
    release: 'bench',
    registry: registryStore(kafka),
    lives: livesInMemory(),
    ...surroundings(telemetry),
  });
}

/** The registry of the broker's nodes, signed by nobody. */
export function registryStore({ registry }: ScratchKafka): RegistryStore {
  return {
    trust: () => null,
    current: () => registry,
    signed: () => null,
    node: (adcode) => registry.nodes.find((node) => node.adcode === adcode),
    refresh: async () => {},
    accept: () => Promise.reject(new Error('no registry is accepted here')),
  };
}
