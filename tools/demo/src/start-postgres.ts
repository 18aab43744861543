import { provisionNode, startEmbedded, type DatabaseUrls, type EmbeddedServer } from '@xiangjing/db/embedded';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
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
