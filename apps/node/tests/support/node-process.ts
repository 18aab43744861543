import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../../bin/xiangjing.mjs');
const SCRIPTS = { mutant: join(import.meta.dirname, 'mutant-node.ts'), versioned: join(import.meta.dirname, 'versioned-node.ts') };
export type Script = keyof typeof SCRIPTS;

/** One `xiangjing start` process; everything it printed is kept, for tests that search it. */
export interface NodeProcess {
  url: string;
  pid: number;
  output(): string;
  /** It ended without being told to: a crash, with the end of what it printed. */
  crash(): string | undefined;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export async function startProcess(
  configFile: string,
  env: Record<string, string> = {},
  script?: keyof typeof SCRIPTS,
): Promise<NodeProcess> {
  const child = fork(script ? SCRIPTS[script] : BIN, script ? [configFile] : ['start', '--config', configFile], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...cleanEnvironment(), ...env },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const url = await ready(child, printed);
  let told = false;
  return {
    url,
    pid: child.pid!,
    output: () => printed.join(''),
    crash: () =>
      !told && (child.exitCode !== null || child.signalCode !== null)
        ? `exit ${child.exitCode ?? child.signalCode}: ${printed.join('').slice(-3000)}`
        : undefined,
    kill: async (signal) => {
      told = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

function ready(child: ChildProcess, printed: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${what}:\n${printed.join('').slice(-3000)}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('the node was not ready after 60 s');
    }, 60_000);
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve((message as { ready: string }).ready);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`the node ended with ${code} before it was ready`);
    });
  });
}

/** A verb of the binary, run to its end. */
export async function runVerb(args: string[], env: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = fork(BIN, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...cleanEnvironment(), ...env } });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** The environment without the test runner's own variables. */
function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(VITEST|NODE_OPTIONS|XIANGJING_)/.test(key))) as Record<
    string,
    string
  >;
}
