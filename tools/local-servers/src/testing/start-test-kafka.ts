import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type {} from '@xiangjing/platform/testing';
import { newPassword } from '../kafka/broker-state.ts';
import { startKafka } from '../kafka.ts';
import { NODE_CODES } from '../node-codes.ts';
import type { StopServer } from './global-setup.ts';

/** One broker with sign-in and rights, a user for each node, and no topics: suites make their own. */
export async function startTestKafka(project: TestProject): Promise<StopServer> {
  const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-kafka-'));
  const passwords = Object.fromEntries(NODE_CODES.map((adcode) => [`xiangjing-${adcode}`, newPassword()]));
  const remove = (): void => rmSync(runDir, { recursive: true, force: true });
  try {
    const kafka = await startKafka({ runDir, secure: { passwords } });
    if (!kafka.admin) throw new Error('a secure broker has an admin');
    project.provide('kafka', { brokers: kafka.brokers, admin: kafka.admin, passwords, dataDir: kafka.dataDir });
    return async () => {
      await kafka.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}
