import { createLogger, createHttpServer, listen, startModules, startTelemetry } from '@xiangjing/platform';
import { problemOf } from '@xiangjing/services';
import { startBootServer } from './boot-server.ts';
import type { NodeConfig } from './config.ts';
import { mountApi } from './http/api.ts';
import { mountFrontDoor } from './http/front-door.ts';
import { mountProbes } from './http/probes.ts';
import { openRuntime, type Overrides, type Runtime } from './runtime.ts';
import { TARGET_NAMES } from './target-names.ts';
import { TARGETS } from './targets.ts';
import { demoIdentity } from './http/demo-identity.ts';

export interface StartedNode {
  url: string;
  /** Forgets the identity server's keys, for an operator who has taken one out of use; what is signed by it is refused from now on. */
  dropKeys(): void;
  stop(): Promise<void>;
}

/** Starts what this process runs of a node; answers as alive at once, as ready when migrations and every target are through. */
export async function startNode(config: NodeConfig, overrides: Overrides = {}): Promise<StartedNode> {
  const { adcode } = config.node;
  const targets = config.targets === 'all' ? TARGET_NAMES : config.targets;
  const bindings = { node: adcode, targets: config.targets === 'all' ? 'all' : targets.join(',') };
  const log = createLogger({ level: config.log.level, bindings });
  const telemetry = startTelemetry({ serviceName: 'xiangjing', attributes: bindings, ...config.telemetry });
  let missing = 'migrations';
  const endBoot = config.http.port === 0 ? async () => {} : await startBootServer(config.http, () => [missing]);

  const identity = targets.includes('portal') ? await demoIdentity(config, log) : undefined;
  const app = createHttpServer({
    log,
    bodyLimitBytes: config.http.bodyLimitBytes,
    problemOf,
    ...(identity ? { before: (req, res) => identity.handle(req, res) } : {}),
  });
  const { runtime, close } = await openRuntime({ config, targets, log, telemetry, app, overrides }).catch(async (error: unknown) => {
    await endBoot();
    throw error;
  });
  missing = 'targets';
  const { url, modules } = await serve(runtime, endBoot).catch(async (error: unknown) => {
    await endBoot();
    await app.close();
    await close();
    await telemetry.shutdown();
    throw error;
  });
  log.info({ url }, 'ready');
  return {
    url,
    dropKeys: () => {
      runtime.verifier.dropKeys();
      log.info('dropped the keys of the identity server; the next token fetches them');
    },
    stop: async () => {
      log.info('stopping');
      await modules.stop();
      await app.close();
      await close();
      log.info('stopped');
      await telemetry.shutdown();
    },
  };
}

/** Routes first, then the port, then what runs behind them. */
async function serve(runtime: Runtime, endBoot: () => Promise<void>) {
  await mountEverything(runtime);
  await endBoot();
  const { url } = await listen(runtime.app, runtime.config.http);
  const modules = await startModules(
    runtime.targets.map((name) => TARGETS[name].module),
    runtime,
  );
  return { url, modules };
}

async function mountEverything(runtime: Runtime): Promise<void> {
  mountProbes(runtime);
  mountApi(runtime);
  for (const name of runtime.targets) await TARGETS[name].mount?.(runtime);
  if (runtime.targets.includes('portal')) mountFrontDoor(runtime);
}
