import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../embedded.ts';
import { newPassword } from '../embedded/state.ts';
import { migrate } from '../migrate.ts';
import { withClient } from '../pool.ts';
import { groupStatements } from '../roles.ts';
import { scramVerifier } from '../scram.ts';
import { TEMPLATE, TEMPLATE_OWNER } from './index.ts';

/** One server per run, with a migrated template that `testDatabase` clones. */
export default async function (project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiangjing-test-'));
  const logFile = `${dataDir}.log`;
  const server = await startEmbedded({
    dataDir,
    durable: false,
    maxConnections: 300,
    settings: { max_wal_size: '4GB' },
    serverLog: (line) => appendFileSync(logFile, `${line}\n`),
  });
  const password = newPassword();
  const verifier = scramVerifier(password);
  await withClient(server.superUrl('postgres'), async (client) => {
    await client.query([...groupStatements(), `create role ${TEMPLATE_OWNER} login password '${verifier}';`].join('\n'));
    await client.query(`create database ${TEMPLATE} owner ${TEMPLATE_OWNER}`);
  });
  const owner = new URL(server.superUrl(TEMPLATE));
  [owner.username, owner.password] = [TEMPLATE_OWNER, password];
  await migrate(owner.href, { adcode: '430000' });
  await withClient(owner.href, (client) => client.query('delete from node_identity'));
  project.provide('pgBase', server.superUrl(''));
  project.provide('pgLog', logFile);
  project.provide('pgVerifier', verifier);
  project.provide('pgPassword', password);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(logFile, { force: true });
  };
}
