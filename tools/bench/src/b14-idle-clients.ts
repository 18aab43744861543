import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IdleNode } from './idle-node.ts';
import { busyness, type Report } from './report.ts';
import { startScratchKafka } from './scratch-kafka.ts';

export interface IdleClientsOptions {
  /** Cities beside the province. */
  cities: readonly string[];
  rounds: number;
  windowMs: number;
  settleMs?: number;
}

const PROVINCE = '430000';
const CHILD = join(import.meta.dirname, 'idle-node.ts');

/**
 * Processor time of the clients of all nodes of an idle federation: a process a node, each writing its heartbeats and following all
 * topics it may read. Yardstick: as many processes with kafkajs as it comes. Processes with no client at all run beside both, and
 * what they use is taken off. All three kinds are measured in the same windows.
 */
export async function idleClients({ cities, rounds, windowMs, settleMs = 20_000 }: IdleClientsOptions): Promise<Report> {
  const busy = busyness();
  const nodes = [PROVINCE, ...cities];
  const kafka = await startScratchKafka(nodes);
  const children: { is: IdleNode['is']; child: ChildProcess }[] = [];
  try {
    for (const is of ['bare', 'ours', 'stock'] as const)
      await Promise.all(
        nodes.map(async (adcode) => {
          const node = { is, adcode, connection: kafka.connection(adcode), ...feedsOf(adcode, cities) };
          children.push({ is, child: await startChild(node) });
        }),
      );
    await sleep(settleMs);
    const [ours, yardstick]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const before = await Promise.all(children.map(({ child }) => usageOf(child)));
      const startMs = performance.now();
      await sleep(windowMs);
      const after = await Promise.all(children.map(({ child }) => usageOf(child)));
      const tookMs = performance.now() - startMs;
      const share = (kind: IdleNode['is']) =>
        (100 * children.reduce((sum, { is }, i) => (is === kind ? sum + after[i]! - before[i]! : sum), 0)) / tookMs;
      ours.push(share('ours') - share('bare'));
      yardstick.push(share('stock') - share('bare'));
    }
    return {
      title: `B14: idle clients of ${nodes.length} nodes`,
      command: 'npm run bench -- b14',
      conditions: `${rounds} windows of ${windowMs / 1000} s, ${nodes.length} processes of each kind, SCRAM, heartbeats each 30 s, ${busy}`,
      measures: [
        { name: 'processor of all clients', unit: '% of one core', ours, yardstick, goal: { ratio: 0.25, is: 'at most' } },
        { name: 'the same, as a whole', unit: '% of one core', ours, goal: { bound: 10, is: 'at most' } },
      ],
    };
  } finally {
    await Promise.all(children.map(({ child }) => end(child)));
    await kafka.stop();
  }
}

function feedsOf(adcode: string, cities: readonly string[]): Pick<IdleNode, 'reads' | 'writes'> {
  const others = cities.filter((city) => city !== adcode);
  if (adcode === PROVINCE) return { writes: ['down'], reads: others.flatMap((origin) => ['up', 'peer'].map((view) => ({ origin, view }))) };
  return { writes: ['up', 'peer'], reads: [{ origin: PROVINCE, view: 'down' }, ...others.map((origin) => ({ origin, view: 'peer' }))] };
}

function startChild(node: IdleNode): Promise<ChildProcess> {
  const child = fork(CHILD, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(node);
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`a process of kind ${node.is} ended with ${code}`)));
  });
}

const usageOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('message', ({ cpuMs, isAlive }: { cpuMs: number; isAlive: boolean }) =>
      isAlive ? resolve(cpuMs) : reject(new Error('a client that does not fetch is no idle client')),
    );
    child.send('usage');
  });

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await ended;
}
