import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isMainThread } from 'node:worker_threads';
import { LocalServerError } from '../server-error.ts';
import { markOf } from './process-mark.ts';
import { dropRunNote, writeRunNote } from './run-note.ts';

export interface ServerCommand {
  /** As a person knows it: `Kafka`. */
  server: string;
  /** The server itself, no script around it: its number is the server's. */
  command: string;
  args: readonly string[];
  /** Its folder: claimed before (`claimRunFolder`); holds the note while it runs. Also the working folder. */
  runDir: string;
  dataDir: string;
  ports: number[];
  /** Both streams are appended here. */
  logFile: string;
  env?: NodeJS.ProcessEnv | undefined;
  onLog?: ((line: string) => void) | undefined;
  /** How its life is bound to ours; the default is what this system can do. */
  tie?: 'death-signal' | 'guard' | undefined;
}

export interface ServerEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  pid: number;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<ServerEnd>;
  isRunning(): boolean;
  /** Its last lines. */
  tail(): string[];
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL after the deadline. */
  stop(deadlineMs?: number): Promise<void>;
}

const LINES_KEPT = 40;

/**
 * Starts a server that dies with this process, however that ends. On Linux the kernel sees to it; the signal is bound to the thread
 * that spawns, so a worker thread uses the guard, as other systems do. In a process group of its own: Ctrl-C in a terminal then
 * reaches its clients first, and whoever started it stops it last.
 */
export async function spawnServer(wanted: ServerCommand): Promise<ServerProcess> {
  const tie = wanted.tie ?? (isMainThread && hasDeathSignal() ? 'death-signal' : 'guard');
  const [command, args] =
    tie === 'death-signal' ? ['setpriv', ['--pdeathsig', 'KILL', wanted.command, ...wanted.args]] : [wanted.command, wanted.args];
  const child = spawn(command, args, {
    cwd: wanted.runDir,
    env: wanted.env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = keepLines(child, wanted);
  const ended = new Promise<ServerEnd>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(
        new LocalServerError(
          'SERVER_START',
          `${wanted.server} did not start: ${error.message}`,
          'look whether the program is there',
          error,
        ),
      ),
    );
  });
  const pid = child.pid ?? 0;
  const [mark, owner] = [markOf(pid), markOf(process.pid)];
  if (mark && owner)
    writeRunNote(wanted.runDir, { server: wanted.server, process: mark, owner, ports: wanted.ports, dataDir: wanted.dataDir });
  const guard =
    tie === 'guard' && mark ? fork(new URL('./guard.ts', import.meta.url), { stdio: 'ignore', detached: true, execArgv: [] }) : undefined;
  if (mark) guard?.send(mark);
  guard?.unref();
  guard?.channel?.unref();
  const done = ended.then((end) => {
    dropRunNote(wanted.runDir);
    guard?.kill();
    return end;
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals, deadlineMs: number): Promise<void> => {
    if (!isRunning()) return void (await done);
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    await done;
    clearTimeout(timer);
  };
  return {
    pid,
    ended: done,
    isRunning,
    tail: () => [...lines],
    kill: () => end('SIGKILL', 1000),
    stop: (deadlineMs = 10_000) => end('SIGTERM', deadlineMs),
  };
}

function keepLines(child: ChildProcess, { logFile, onLog }: ServerCommand): string[] {
  const file = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  // A full disk must not end whoever runs the server: it is told once, and the last lines stay in memory.
  file.on('error', (error) => onLog?.(`the log ${logFile} cannot be written: ${error.message}`));
  child.once('close', () => file.end());
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        if (!file.destroyed) file.write(`${line}\n`);
        if (lines.push(line) > LINES_KEPT) lines.shift();
        onLog?.(line);
      });
  return lines;
}

let deathSignal: boolean | undefined;
const hasDeathSignal = (): boolean =>
  (deathSignal ??= process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true'], { stdio: 'ignore' }).status === 0);
