import { loadConfig } from '@xiangjing/platform';
import { resolve, dirname } from 'node:path';
import { NodeConfig } from './config.ts';

/** Variables with our prefix that belong to tests and tools, not to a node. */
export const CONFIG_SOURCE = {
  prefix: 'XIANGJING_',
  otherKnown: ['XIANGJING_BROWSER', 'XIANGJING_CACHE', 'XIANGJING_CONFIG', 'XIANGJING_SEED'],
};

/** Reads and checks a node's configuration; relative paths in it count from the file's folder. */
export function readNodeConfig(file: string, env: NodeJS.ProcessEnv = process.env): NodeConfig {
  const config = loadConfig(NodeConfig, { ...CONFIG_SOURCE, file, env });
  const from = (path: string) => resolve(dirname(resolve(file)), path);
  const { kafka } = config.federation;
  return {
    ...config,
    dataDir: from(config.dataDir),
    ...(kafka && typeof kafka.tls === 'object'
      ? {
          federation: {
            ...config.federation,
            kafka: { ...kafka, tls: Object.fromEntries(Object.entries(kafka.tls).map(([name, path]) => [name, path && from(path)])) },
          },
        }
      : {}),
    identity: { ...config.identity, ...(config.identity.demoUsersFile ? { demoUsersFile: from(config.identity.demoUsersFile) } : {}) },
  };
}
