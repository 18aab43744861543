import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import './quiet-client.ts';

export interface Reach {
  port: number;
  admin: { username: string; password: string } | null;
}

const PAUSE_MS = 50;
const JOIN_MS = 5000;

/**
 * Waits until a fresh consumer has joined a group: a broker answers before its groups work, and a client built too early stays
 * dull. Undefined when ready; else what the last try met.
 */
export async function untilReady(reach: Reach, until: number, isRunning: () => boolean): Promise<string | undefined> {
  let trouble = 'its port did not open';
  while (isRunning() && Date.now() < until) {
    if (await isOpen(reach.port)) {
      const met = await joinGroup(reach);
      if (met === undefined) return undefined;
      trouble = met;
    }
    await sleep(PAUSE_MS);
  }
  return trouble;
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

async function joinGroup({ port, admin }: Reach): Promise<string | undefined> {
  const kafka = new Kafka({
    clientId: 'local-servers',
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 3000,
    ...(admin ? { sasl: { mechanism: 'scram-sha-512' as const, ...admin } } : {}),
    retry: { retries: 0 },
  });
  const consumer = kafka.consumer({
    groupId: `local-servers.ready.${randomUUID()}`,
    retry: { retries: 0, restartOnFailure: async () => false },
  });
  const joined = new Promise<void>((resolve, reject) => {
    consumer.on('consumer.group_join', () => resolve());
    consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
    setTimeout(() => reject(new Error('no group was joined in time')), JOIN_MS).unref();
  });
  joined.catch(() => {}); // it may fail while we are still connecting
  try {
    await consumer.connect();
    await consumer.run({ autoCommit: false, eachMessage: async () => {} });
    await joined;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await Promise.race([consumer.disconnect().catch(() => {}), sleep(2000, undefined, { ref: false })]);
  }
}
