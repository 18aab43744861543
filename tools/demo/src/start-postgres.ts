import { provisionNode, startEmbedded, type DatabaseUrls, type EmbeddedServer } from '@xiangjing/db/embedded';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Folder } from './folder.ts';
import type { Progress } from './progress.ts';

/** A node holds up to 25 connections in its pools; most of them rest. */
const PER_NODE = 30;

/** One server for all nodes, with durable settings; each node has its own database and its own five logins there. */
export async function startPostgres(
  folder: Folder,
  nodes: readonly string[],
  progress: Progress,
): Promise<{ server: EmbeddedServer; urls: Map<string, DatabaseUrls> }> {
  const log = createWriteStream(join(folder.root, 'postgresql.log'), { flags: 'a', mode: 0o600 });
  const server = await startEmbedded({
    dataDir: join(folder.root, 'postgresql'),
    port: undefined,
    durable: true,
    maxConnections: 40 + PER_NODE * nodes.length,
    log: (line) => progress.step(line),
    serverLog: (line) => log.write(`${line}\n`),
  });
  void server.ended.then(() => log.end());
  try {
    folder.save({ postgresPort: server.port });
    await forgetUnjoined(server, folder, nodes);
    const urls = new Map<string, DatabaseUrls>();
    for (const adcode of nodes) {
      const passwords = folder.kept.database[adcode];
      urls.set(adcode, await provisionNode(server.superUrl('postgres'), { adcode, database: `xiangjing_${adcode}`, passwords }));
    }
    return { server, urls };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * A node that has not joined starts from nothing: what a start that broke off left of it, or a demo whose folder was deleted while
 * its databases lived elsewhere, has keys that nobody knows any more.
 */
async function forgetUnjoined(server: EmbeddedServer, folder: Folder, nodes: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.superUrl('postgres') });
  await client.connect();
  try {
    for (const adcode of nodes.filter((n) => !folder.kept.joined.includes(n))) {
      await client.query(`drop database if exists ${pg.escapeIdentifier(`xiangjing_${adcode}`)} with (force)`);
      rmSync(join(folder.node(adcode), 'data'), { recursive: true, force: true });
    }
  } finally {
    await client.end();
  }
}
