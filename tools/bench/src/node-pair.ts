import type { DatabaseUrls } from '@xiangjing/db/embedded';
import { unitFlags } from '@xiangjing/local-servers/unit-flags';
import { findNode } from '@xiangjing/scenario-sdk';
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@xiangjing/db/embedded';
import type { ScratchKafka } from './scratch-kafka.ts';

/** The program `xiangjing`. A tool starts it as a process and never imports it. */
const PROGRAM = join(import.meta.dirname, '../../../apps/node/bin/xiangjing.mjs');
const READY_MS = 60_000;
const DATA_DIR = 'data';
const run = promisify(execFile);

export interface NodePair {
  /** The province's folder of keys. */
  provinceDataDir: string;
  pids: { province: number; city: number };
  stop(): Promise<void>;
}

/** A province and one city that has joined it, each a process of `xiangjing` with every target and the unit's flags, talking HTTP on 127.0.0.1, and by Kafka if given. */
export async function startNodePair(
  province: { adcode: string; urls: DatabaseUrls },
  city: { adcode: string; urls: DatabaseUrls },
  kafka?: Pick<ScratchKafka, 'connection'>,
): Promise<NodePair> {
  const folder = mkdtempSync(join(tmpdir(), 'xiangjing-bench-nodes-'));
  const provinceUrl = `http://127.0.0.1:${await freePort()}`;
  const cityUrl = `http://127.0.0.1:${await freePort()}`;
  const configs = [
    writeConfig(folder, { ...province, url: provinceUrl, kafka: kafka?.connection(province.adcode) }),
    writeConfig(folder, { ...city, url: cityUrl, provinceUrl, kafka: kafka?.connection(city.adcode) }),
  ] as const;
  const started: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(started.map(end));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await verb('federation', 'init', '--config', configs[0]);
    const provinceNode = await startNode(configs[0]);
    started.push(provinceNode);
    const invited = await verb('federation', 'invite', '--config', configs[0], '--node', city.adcode, '--json');
    const { invitation } = JSON.parse(invited) as { invitation: string };
    await verb('federation', 'join', '--config', configs[1], '--invitation', invitation);
    const cityNode = await startNode(configs[1]);
    started.push(cityNode);
    return {
      provinceDataDir: join(dirname(configs[0]), DATA_DIR),
      pids: { province: provinceNode.pid!, city: cityNode.pid! },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface ConfigInput {
  adcode: string;
  urls: DatabaseUrls;
  url: string;
  provinceUrl?: string;
  kafka: ReturnType<ScratchKafka['connection']> | undefined;
}

function writeConfig(folder: string, { adcode, urls, url, provinceUrl, kafka }: ConfigInput): string {
  const home = join(folder, adcode);
  mkdirSync(home);
  writeFileSync(join(home, 'users.json'), '[]');
  const database = Object.fromEntries(Object.entries(urls).map(([login, value]) => [`${login}Url`, value]));
  const config = {
    node: { adcode, mode: 'demo', hostUnit: `${findNode(adcode)?.nameZh ?? adcode}（测速）` },
    http: { host: '127.0.0.1', port: Number(new URL(url).port), publicUrl: url },
    database,
    identity: { demoUsersFile: 'users.json' },
    dataDir: DATA_DIR,
    federation: { ...(provinceUrl ? { provinceUrl } : {}), ...(kafka ? { kafka: { brokers: kafka.brokers, ...kafka.sasl } } : {}) },
    log: { level: 'warn' },
  };
  writeFileSync(join(home, 'node.yaml'), JSON.stringify(config)); // JSON is YAML
  return join(home, 'node.yaml');
}

async function verb(...args: string[]): Promise<string> {
  return (await run(process.execPath, [PROGRAM, ...args], { timeout: READY_MS })).stdout;
}

function startNode(config: string): Promise<ChildProcess> {
  const log = openSync(`${config}.log`, 'a');
  const { execArgv, env } = unitFlags();
  const child = fork(PROGRAM, ['start', '--config', config], {
    execArgv,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`a node was not ready in ${READY_MS / 1000} s; its log is ${config}.log`)), READY_MS);
    const settle = (then: () => void) => {
      clearTimeout(timer);
      then();
    };
    child.on('message', (message: { ready?: string }) => message.ready && settle(() => resolve(child)));
    child.once('exit', (code) => settle(() => reject(new Error(`a node ended with ${code}; its log is ${config}.log`))));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
