import { migrate } from '@xiangjing/db';
import { provisionNode, startEmbedded, type DatabaseUrls } from '@xiangjing/db/embedded';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ScratchServer {
  superUrl: (database: string) => string;
  /** A migrated database of this node. */
  node(adcode: string): Promise<DatabaseUrls>;
  stop(): Promise<void>;
}

/** A PostgreSQL of the benchmark's own, with the settings of a node's: durable, every commit on disk. */
export async function startScratchServer(settings: { [name: string]: string | number } = {}): Promise<ScratchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiangjing-bench-'));
  const server = await startEmbedded({ dataDir, durable: true, settings: { max_wal_size: '4GB', ...settings } });
  return {
    superUrl: server.superUrl,
    async node(adcode) {
      const urls = await provisionNode(server.superUrl('postgres'), { adcode, database: `bench_${adcode}` });
      await migrate(urls.owner, { adcode });
      return urls;
    },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
