import { createKafkaEventLog, createTopicLives, type EventLog } from '@xiangjing/federation';
import { kafkaConnection } from './kafka-connection.ts';
import type { Runtime } from './runtime.ts';

/** The log of topics for one target; undefined for a node without brokers. It connects when first written to or followed. */
export function eventLog(runtime: Runtime): EventLog | undefined {
  const connection = kafkaConnection(runtime.config);
  if (!connection) return undefined;
  const { node, signer, registry, clock, log, telemetry } = runtime;
  return createKafkaEventLog({
    adcode: node.adcode,
    release: node.release,
    connection,
    lives: createTopicLives({ pool: runtime.pool('publisher'), adcode: node.adcode }),
    signer,
    registry,
    clock,
    log,
    meter: telemetry.meter,
    tracer: telemetry.tracer,
  });
}
