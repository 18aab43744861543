import { assertLogin, createDb, createPool, migrate, type Db } from '@xiangjing/db';
import { ensureNodeKey, openRegistry, type Guard, type Project, type RegistryStore, type Signer } from '@xiangjing/federation';
import type { FastifyInstance, Logger, Telemetry, TokenVerifier } from '@xiangjing/platform';
import { createPluginHost, type PluginRow, type PluginHost } from '@xiangjing/plugin-host';
import { DomainCode, fieldDirectory, findNode, type FieldDirectory, type Kind } from '@xiangjing/scenario-sdk';
import { mkdir } from 'node:fs/promises';
import type { Pool } from 'pg';
import type { NodeConfig } from './config.ts';
import { nodeVerifier } from './http/actor.ts';
import { PLUGINS } from './plugins.ts';
import { RELEASE } from './release.ts';
import type { TargetName } from './target-names.ts';

export type PoolName = 'app' | 'egress' | 'publisher' | 'apply';

/** What a test may replace: time, the bundled plug-ins, and the two walls of egress (to prove that each of them stands). */
export interface Overrides {
  clock?: { now(): Date };
  plugins?: readonly PluginRow[];
  project?: Project;
  guard?: Guard;
}

/** Everything a target of this process is given, built once at start and passed down. */
export interface Runtime {
  config: NodeConfig;
  node: { adcode: string; nameZh: string; release: string; kafka: boolean };
  targets: readonly TargetName[];
  clock: { now(): Date };
  log: Logger;
  telemetry: Telemetry;
  app: FastifyInstance;
  db: Db;
  pool(name: PoolName): Pool;
  plugins: PluginHost;
  /** What is known of a record's fields; core fields only where the domain is unknown. */
  fields(kind: Kind, domain: string): FieldDirectory;
  registry: RegistryStore;
  signer: Signer;
  /** Of access tokens of this node's realm. */
  verifier: TokenVerifier;
  overrides: Overrides;
}

/** Migrates, then opens what targets need; `close` lets go of it in reverse. */
export async function openRuntime(
  given: Pick<Runtime, 'config' | 'targets' | 'log' | 'telemetry' | 'app' | 'overrides'>,
): Promise<{ runtime: Runtime; close(): Promise<void> }> {
  const { config, log, overrides } = given;
  const { adcode } = config.node;
  const clock = overrides.clock ?? { now: () => new Date() };
  await mkdir(config.dataDir, { recursive: true });
  const applied = await migrate(config.database.ownerUrl, { adcode });
  if (applied.length) log.info({ applied }, 'migrated');

  const pools = new Map<PoolName, Pool>();
  const pool = (name: PoolName): Pool => {
    const open = pools.get(name) ?? createPool(config.database[`${name}Url`], { max: 4, applicationName: `xiangjing-${adcode}-${name}` });
    pools.set(name, open);
    return open;
  };
  for (const name of ['app', 'egress', 'publisher', 'apply'] as const) await assertLogin(pool(name), name);

  const db = createDb(config.database.appUrl, { max: 6 });
  const bundled = (overrides.plugins ?? PLUGINS).filter((p) => !config.plugins.exclude.includes(p.domain));
  const plugins = await createPluginHost({ plugins: bundled, log, clock });
  const registry = await openRegistry({ pool: pool('app'), dataDir: config.dataDir, clock });
  const runtime: Runtime = {
    ...given,
    node: { adcode, nameZh: findNode(adcode)!.nameZh, release: RELEASE, kafka: config.federation.kafka !== undefined },
    clock,
    db,
    pool,
    plugins,
    fields: (kind, domain) => {
      const code = DomainCode.safeParse(domain);
      return code.success ? plugins.fields(kind, code.data) : fieldDirectory(kind);
    },
    registry,
    signer: await ensureNodeKey(config.dataDir, adcode),
    verifier: nodeVerifier(config, clock),
  };
  return {
    runtime,
    close: async () => {
      plugins.close();
      await db.$disconnect();
      await Promise.all([...pools.values()].map((p) => p.end()));
    },
  };
}
