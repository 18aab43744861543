import { createRequire } from 'node:module';
import type { Logger } from '@xiangjing/platform';
import type { Kafka, KafkaConfig, LogEntry } from 'kafkajs';
import { applyIdleOverride } from './idle-override.ts';
import { principalOf, type KafkaConnection } from './kafka-connection.ts';

const require = createRequire(import.meta.url);
export type KafkaModule = typeof import('kafkajs');

/** Loaded with the first client, so that a node without brokers does not carry it; the override comes before any client. */
export function loadKafkajs(): KafkaModule {
  applyIdleOverride();
  return require('kafkajs') as KafkaModule; // an import of this CommonJS package finds half of its names
}

/** `retries` 0 is refused by an idempotent producer, the default goes on for long: what fails twice is rebuilt by the supervisor. */
export const RETRY = { retries: 1, initialRetryTime: 100, maxRetryTime: 500 };

/**
 * One client. kafkajs' own request timeouts poll ten times a second and connection; the deadlines of the supervisors take their
 * place.
 */
export function createClient(connection: KafkaConnection, adcode: string, log: Logger): Kafka {
  const kafkajs = loadKafkajs();
  return new kafkajs.Kafka({
    clientId: principalOf(adcode),
    brokers: connection.brokers,
    ...securityOf(connection),
    connectionTimeout: 1_000,
    requestTimeout: 15_000,
    enforceRequestTimeout: false,
    retry: RETRY,
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: () => (entry) => bridge(log, entry),
  });
}

/** Everything it calls an error is met and told by a supervisor: kept for whoever looks closer. */
const bridge = (log: Logger, { namespace, log: { message, ...more } }: LogEntry) =>
  log.debug({ kafkajs: namespace, detail: more }, message);

function securityOf({ sasl, tls }: KafkaConnection): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(sasl ? { sasl: { mechanism: 'scram-sha-512' as const, ...sasl } } : {}),
    ...(tls ? { ssl: tls } : {}),
  };
}
