import { freePort } from '@xiangjing/db/embedded';
import { testDatabase, type TestDatabase } from '@xiangjing/db/testing';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { TARGET_NAMES, type TargetName } from '../../src/target-names.ts';
import { runVerb, startProcess, type NodeProcess, type Script } from './node-process.ts';
import { restClient, type RestClient } from './rest-client.ts';
import { PASSWORD, sampleUscc, usersOf } from './users.ts';

export interface TestNode {
  adcode: string;
  url: string;
  configFile: string;
  database: TestDatabase;
  processes: NodeProcess[];
  organisations: { agency: string; enterprise: string };
  as(user: string): Promise<RestClient>;
  anonymous: RestClient;
  token(user: string): Promise<string>;
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  output(): string;
  start(how?: StartOptions): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}
export interface StartOptions {
  /** A script of this folder instead of the binary. */
  script?: Script;
  env?: Record<string, string>;
}
export interface TestFederation {
  node(adcode: string): TestNode;
  nodes: TestNode[];
  folder: string;
  stop(): Promise<void>;
}
export interface FederationOptions {
  nodes: string[];
  split?: boolean;
  otlpUrl?: string;
  /** More YAML objects merged into a node's configuration. */
  config?: (adcode: string) => Record<string, unknown>;
  /** False leaves the nodes stopped after joining. */
  start?: boolean;
  env?: (adcode: string) => Record<string, string>;
}

/** Real processes on the run's PostgreSQL server: one database, one configuration and one realm per node; joined as an operator would. */
export async function startFederation(options: FederationOptions): Promise<TestFederation> {
  const folder = await mkdtemp(join(tmpdir(), 'xiangjing-federation-'));
  const nodes: TestNode[] = [];
  for (const adcode of options.nodes) nodes.push(await prepareNode(folder, adcode, options));
  const province = nodes.find((n) => n.adcode === PROVINCE);
  if (province) {
    await verb(['federation', 'init', '--config', province.configFile]);
    await province.start();
    for (const city of nodes.filter((n) => n !== province)) {
      const { stdout } = await verb(['federation', 'invite', '--config', province.configFile, '--node', city.adcode, '--json']);
      await verb([
        'federation',
        'join',
        '--config',
        city.configFile,
        '--invitation',
        (JSON.parse(stdout) as { invitation: string }).invitation,
      ]);
    }
  }
  if (options.start !== false) for (const node of nodes) if (node !== province) await node.start();
  return {
    nodes,
    folder,
    node: (adcode) => nodes.find((n) => n.adcode === adcode)!,
    stop: async () => {
      const crashes = nodes.flatMap((n) => n.processes.flatMap((p) => p.crash() ?? []));
      await Promise.all(nodes.map((n) => n.stop('SIGTERM')));
      await Promise.all(nodes.map((n) => n.database.drop()));
      await rm(folder, { recursive: true, force: true });
      if (crashes.length) throw new Error(`a node process ended by itself:\n${crashes.join('\n')}`);
    },
  };
}

async function verb(args: string[]) {
  const done = await runVerb(args);
  if (done.code !== 0) throw new Error(`xiangjing ${args.join(' ')} ended with ${done.code}:\n${done.stderr}${done.stdout}`);
  return done;
}

async function prepareNode(folder: string, adcode: string, options: FederationOptions): Promise<TestNode> {
  const database = await testDatabase(adcode);
  const ports = new Map<TargetName | 'all', number>();
  for (const target of options.split ? TARGET_NAMES : (['all'] as const)) ports.set(target, await freePort());
  const url = `http://127.0.0.1:${ports.get(options.split ? 'portal' : 'all')}`;
  const organisations = { agency: sampleUscc('11', adcode), enterprise: sampleUscc('91', adcode) };
  await writeFile(join(folder, `${adcode}.users.json`), JSON.stringify(usersOf(adcode, organisations)));
  const config = (target: TargetName | 'all') => ({
    node: { adcode, mode: 'demo', hostUnit: '示例主办单位' },
    http: { host: '127.0.0.1', port: ports.get(target), publicUrl: url },
    database: {
      ownerUrl: database.owner,
      appUrl: database.app,
      egressUrl: database.egress,
      publisherUrl: database.publisher,
      applyUrl: database.apply,
    },
    identity: { demoUsersFile: `${adcode}.users.json` },
    dataDir: `${adcode}.data`,
    federation: { heartbeatMs: 500, longPollMs: 2000 },
    log: { level: 'info' },
    ...(options.otlpUrl ? { telemetry: { otlpUrl: options.otlpUrl } } : {}),
    ...(target === 'all'
      ? {}
      : { targets: [target], peers: Object.fromEntries(TARGET_NAMES.map((t) => [t, `http://127.0.0.1:${ports.get(t)}`])) }),
    ...options.config?.(adcode),
  });
  const files: string[] = [];
  for (const target of ports.keys()) {
    const file = join(folder, `${adcode}.${target}.yaml`);
    await writeFile(file, JSON.stringify(config(target))); // JSON is YAML
    files.push(file);
  }
  const printedBefore: string[] = [];
  const node: TestNode = {
    adcode,
    url,
    configFile: files[0]!,
    database,
    processes: [],
    organisations,
    anonymous: restClient(url),
    as: async (user) => restClient(url, await node.token(user)),
    token: (user) => passwordToken(url, adcode, user),
    sql: async <T extends object>(text: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: database.super, options: '-c timezone=UTC' });
      await client.connect();
      try {
        return (await client.query(text, values)).rows as T[];
      } finally {
        await client.end();
      }
    },
    output: () => [...printedBefore, ...node.processes.map((p) => p.output())].join(''),
    start: async (how = {}) => {
      printedBefore.push(...node.processes.map((p) => p.output()));
      const env = { ...options.env?.(adcode), ...how.env };
      const [first, ...rest] = files;
      const started = [await startProcess(first!, env, how.script)]; // the first migrates; the others find it done
      node.processes = [...started, ...(await Promise.all(rest.map((f) => startProcess(f, env, how.script))))];
    },
    stop: async (signal = 'SIGTERM') => {
      await Promise.all(node.processes.map((p) => p.kill(signal)));
    },
  };
  return node;
}

async function passwordToken(url: string, adcode: string, user: string): Promise<string> {
  const response = await fetch(`${url}/realms/xiangjing-${adcode}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', client_id: 'xiangjing-scripts', username: user, password: PASSWORD }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (!body.access_token) throw new Error(`no token for ${user} at ${adcode}: ${response.status} ${JSON.stringify(body)}`);
  return body.access_token;
}
