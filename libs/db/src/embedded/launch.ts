import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseError } from '../errors.ts';
import type { Account } from './account.ts';
import type { Places } from './reach.ts';
import { portTaken } from './port.ts';

/** Only what the server needs: settings of the caller's environment (PGDATA, TZ, LC_…) must not reach it. */
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };
const READY = 'database system is ready to accept connections';
const TAKEN = 'Address already in use';
const LINES_KEPT = 20;

/** Makes the cluster beside its place and moves it there when whole, so that a killed start leaves nothing half-made. */
export async function initialise(
  { binaries, dataDir }: Places,
  account: Account | undefined,
  password: string,
  durable: boolean,
): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new DatabaseError('DATABASE_START', `${dataDir} holds files, but no database`, 'empty the folder, or name another');
  const half = `${dataDir}.${process.pid}`;
  const passwordFile = `${half}.password`;
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [half, passwordFile]) chownSync(path, account.uid, account.gid);
  const flags = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8'];
  try {
    await finish(
      spawn(binaries.initdb, [`--pgdata=${half}`, ...flags, ...(durable ? [] : ['--no-sync'])], { ...account, env: environment }),
    );
    renameSync(half, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

async function finish(child: ChildProcess): Promise<void> {
  const lines = collect(child);
  const code = await new Promise<number | string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', resolve);
  });
  if (code !== 0) throw failure(`initdb ended with ${code}`, lines);
}

/**
 * Starts the server in a process group of its own: Ctrl-C in a terminal then reaches the nodes, which still need it, and not the
 * server; whoever started it stops it last.
 */
export async function launch(
  { binaries, dataDir }: Places,
  account: Account | undefined,
  port: number,
  settings: { [name: string]: string | number },
  serverLog: (line: string) => void,
): Promise<ChildProcess> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', dataDir, '-p', String(port), ...flags], {
    ...account,
    cwd: '/',
    env: environment,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = collect(child, serverLog);
  await new Promise<void>((resolve, reject) => {
    const look = setInterval(() => lines.some((line) => line.includes(READY)) && settle(resolve), 10);
    const settle = (then: () => void) => {
      clearInterval(look);
      then();
    };
    child.once('error', (error) => settle(() => reject(failure(error.message, lines))));
    child.once('close', (code) =>
      settle(() => reject(lines.some((line) => line.includes(TAKEN)) ? portTaken(port) : failure(`postgres ended with ${code}`, lines))),
    );
  });
  return child;
}

function collect(child: ChildProcess, also: (line: string) => void = () => {}): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        if (lines.push(line) > LINES_KEPT) lines.shift();
        also(line);
      });
  return lines;
}

const failure = (message: string, lines: string[]): DatabaseError =>
  new DatabaseError(
    'DATABASE_START',
    `PostgreSQL did not start: ${message}\n${lines.slice(-5).join('\n')}`,
    'its last lines say why; mend that and start again',
  );
