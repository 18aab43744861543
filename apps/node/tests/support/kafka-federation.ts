import { PROVINCE } from '@xiangjing/scenario-sdk';
import { startKafka, type KafkaServer } from '@xiangjing/local-servers/kafka';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFederation, type TestFederation, type TestNode } from './federation.ts';
import { runVerb } from './node-process.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import type { Answer } from './rest-client.ts';

export interface KafkaFederation extends TestFederation {
  broker: KafkaServer;
  /** Between the broker and the node named in `wired`. */
  wire: TcpProxy;
  /** Password of a principal: `xiangjing-<adcode>`, or one of the strangers that take part in nothing. */
  passwordOf(user: string): string;
}
export interface KafkaFederationOptions {
  nodes: string[];
  /** The node that reaches the broker by a wire which can be cut. */
  wired?: string;
  /** More users of the broker, without any right. */
  strangers?: string[];
  heartbeatMs?: number;
}

/** A federation of real processes on a broker of its own, with SCRAM and ACLs: joined and its topics applied as an operator would. */
export async function startKafkaFederation(options: KafkaFederationOptions): Promise<KafkaFederation> {
  const users = [...options.nodes.map((adcode) => `xiangjing-${adcode}`), ...(options.strangers ?? [])];
  const passwords = Object.fromEntries(users.map((user) => [user, randomBytes(12).toString('base64url')]));
  const runDir = await mkdtemp(join(tmpdir(), 'xiangjing-broker-'));
  let broker: KafkaServer | undefined;
  const wire = await startTcpProxy(() => broker!.relayedPort!);
  broker = await startKafka({ runDir, secure: { passwords }, relayedBy: wire });
  const server = broker;
  const kafkaOf = (adcode: string) => ({
    brokers: adcode === options.wired ? [`127.0.0.1:${wire.port}`] : server.brokers,
    username: `xiangjing-${adcode}`,
    password: passwords[`xiangjing-${adcode}`],
    ...(adcode === PROVINCE ? { admin: server.admin, replication: { factor: 1, minInSync: 1 } } : {}),
  });
  const federation = await startFederation({
    nodes: options.nodes,
    start: false,
    config: (adcode) => ({ federation: { heartbeatMs: options.heartbeatMs ?? 500, longPollMs: 2000, kafka: kafkaOf(adcode) } }),
  });
  const applied = await applyTopics(federation.node(PROVINCE));
  if (applied.code !== 0) throw new Error(`federation topics --apply: ${applied.stderr}${applied.stdout}`);
  await federation.node(PROVINCE).stop();
  for (const node of federation.nodes) await node.start();
  return {
    ...federation,
    broker: server,
    wire,
    passwordOf: (user) => passwords[user]!,
    stop: async () => {
      try {
        await federation.stop();
      } finally {
        await wire.close();
        await server.stop();
        await rm(runDir, { recursive: true, force: true });
      }
    },
  };
}

export const applyTopics = (province: TestNode) => runVerb(['federation', 'topics', '--apply', '--config', province.configFile]);

/** How many events of one origin's view a node took by each road. */
export async function roadsOf(node: TestNode, origin: string, view: string): Promise<{ kafka: number; https: number }> {
  const rows = await node.sql<{ road: 'kafka' | 'https'; n: string }>(
    'select road, count(*) n from inbox where origin = $1 and view = $2 group by road',
    [origin, view],
  );
  const of = (road: string) => Number(rows.find((row) => row.road === road)?.n ?? 0);
  return { kafka: of('kafka'), https: of('https') };
}

/** Federation status as the node's operator sees it: through the verb, refusals and reasons included. */
export async function statusOf(node: TestNode): Promise<Answer> {
  const told = await runVerb(['federation', 'status', '--config', node.configFile, '--json']);
  if (told.code !== 0) throw new Error(`federation status: ${told.stderr}`);
  return JSON.parse(told.stdout) as Answer;
}

/** Resolves once a node reads a feed from the log: its cursor moved by Kafka. */
export const isReadByKafka = async (node: TestNode, origin: string, view: string): Promise<boolean> =>
  (await node.sql(`select 1 from peer_cursor where origin = $1 and view = $2 and road = 'kafka'`, [origin, view])).length > 0;
