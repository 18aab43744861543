import { PROVINCE } from '@xiangjing/scenario-sdk';
import { foundFederation, joinCity } from './federation.ts';
import { openFolder, type Folder } from './folder.ts';
import { ensurePortsFree } from './free-ports.ts';
import { createNodeApi, type NodeApi } from './node-api.ts';
import { writeNodeFiles } from './node-files.ts';
import { startNodeProcess, type NodeProcess } from './node-process.ts';
import { urlOf, type DemoOptions } from './options.ts';
import { nameOf } from './name-of.ts';
import type { Progress } from './progress.ts';
import { inParallel } from './seeding/in-parallel.ts';
import { ensureSameIdentity } from './seeding/same-identity.ts';
import { seedAll } from './seeding/seed-all.ts';
import { startPostgres } from './start-postgres.ts';
import { startServers, type Servers } from './start-servers.ts';

export interface Federation {
  folder: Folder;
  urls: ReadonlyMap<string, string>;
  apis: NodeApi[];
  servers: Servers;
  stop(): Promise<void>;
}

/** How many nodes start side by side: more only waits for two cores. */
const STARTS = 2;

/**
 * Starts the servers, the province and the cities, founds the federation and seeds it at the first start. Stops what it started if a
 * step fails or `signal` says so.
 */
export async function startFederation(options: DemoOptions, progress: Progress, signal: AbortSignal): Promise<Federation> {
  const { nodes, portBase } = options;
  const cities = nodes.filter((n) => n !== PROVINCE);
  const folder = openFolder(options.data, nodes, new Date().toISOString().slice(0, 10));
  const stops: (() => Promise<void>)[] = [];
  let stopping = false;
  const stop = async () => {
    stopping = true;
    for (const each of stops.toReversed()) await each().catch((error: Error) => progress.step(`not stopped cleanly: ${error.message}`));
  };
  const processes: NodeProcess[] = [];
  const start = async (adcode: string) => {
    signal.throwIfAborted();
    const process = await startNodeProcess(folder, adcode);
    processes.push(process);
    progress.step(`${adcode} ${nameOf(adcode)} is up at ${process.url}`);
    void process.ended.then(() => {
      if (!stopping && processes.includes(process))
        progress.step(`${adcode} ${nameOf(adcode)} has ended; the others go on. Its log: ${folder.node(adcode)}/node.log`);
    });
  };
  /** It joined the cities before there were topics, and would look for these again only after half a minute. */
  const restartProvince = async () => {
    await processes.shift()?.stop();
    await start(PROVINCE);
  };
  try {
    await ensurePortsFree(nodes, portBase);
    const servers = await startServers(folder, options, progress);
    stops.push(servers.stop);
    for (const adcode of nodes) ensureSameIdentity(folder, adcode, servers.identityUrlOf(adcode));
    signal.throwIfAborted();
    const postgres = await startPostgres(folder, nodes, progress);
    stops.push(postgres.server.stop);
    progress.step(`PostgreSQL runs on port ${postgres.server.port}, data in ${postgres.server.dataDir}`);
    stops.push(async () => void (await Promise.all(processes.map((p) => p.stop()))));
    for (const [adcode, urls] of postgres.urls) writeNodeFiles(folder, adcode, { urls, portBase, ...servers.sectionsOf(adcode) });
    await foundFederation(folder);
    await start(PROVINCE);
    await inParallel(cities, STARTS, async (adcode) => {
      signal.throwIfAborted();
      await joinCity(folder, adcode);
    });
    if (await servers.makeTopics()) await restartProvince();
    await inParallel(cities, STARTS, start);
    const { password } = folder.kept;
    const apis = nodes.map((adcode) =>
      createNodeApi({ adcode, url: urlOf(adcode, portBase), identityUrl: servers.identityUrlOf(adcode), password }),
    );
    await seedAll(folder, apis, { progress, signal });
    return { folder, urls: new Map(apis.map((api) => [api.adcode, api.url])), apis, servers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
