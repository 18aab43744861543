import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findJava } from '../java.ts';
import { LocalServerError } from '../server-error.ts';
import { ensurePortFree, freePorts } from '../server-process/free-ports.ts';
import { claimRunFolder } from '../server-process/run-note.ts';
import type { ServerEnd, ServerProcess } from '../server-process/spawn-server.ts';
import { keycloakDistribution } from './distribution.ts';
import { databaseIn, launchKeycloak, makeHome, type Launch } from './launch.ts';
import type { Realm } from './realm-of.ts';
import { ADMIN_CLIENT, ADMIN_USER, copyDatabase, digestOf, templateOf } from './template.ts';

export interface KeycloakOptions {
  /** Its folder. A database that is there from an earlier run is used again. */
  runDir: string;
  /** Default: a free one, which may be another after a failed start, never after a restart. */
  port?: number | undefined;
  realms: readonly Realm[];
  /** Ends a server that a killed run left in the folder; otherwise it is named and the start refused. */
  endStale?: boolean | undefined;
  onLog?: ((line: string) => void) | undefined;
}

export interface KeycloakServer {
  url: string;
  port: number;
  pid(): number;
  /** Resolves when the present process has ended, for whatever reason. */
  ended(): Promise<ServerEnd>;
  /** A service account in realm `master` with full rights. */
  admin: { clientId: string; clientSecret: string };
  /** A person who may everything, for the administration pages at `/admin`. */
  console: { username: string; password: string };
  /** The issuer of a realm's tokens. */
  realmUrl(realm: string): string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>;
  /** Again, on the same ports and database; resolves when it is ready. */
  start(): Promise<void>;
}

/** A real Keycloak of this machine's Java on 127.0.0.1, with these realms. The first start fetches and builds it (a minute). */
export async function startKeycloak(options: KeycloakOptions): Promise<KeycloakServer> {
  const runDir = resolve(options.runDir);
  const { onLog } = options;
  const java = findJava();
  await claimRunFolder(runDir, { endStale: options.endStale });
  if (options.port !== undefined) await ensurePortFree(options.port, 'Keycloak');
  const distribution = await keycloakDistribution(java);
  await makeHome(runDir, distribution);
  const adminSecret = await database(runDir, options.realms, () => templateOf(options.realms, java, distribution));
  const { launch, first } = await firstLaunch(options.port, (ports) => launchKeycloak({ java, distribution, runDir, onLog, ...ports }));
  let server: ServerProcess = first;
  const url = `http://127.0.0.1:${launch.port}`;
  return {
    url,
    port: launch.port,
    pid: () => server.pid,
    ended: () => server.ended,
    admin: { clientId: ADMIN_CLIENT, clientSecret: adminSecret },
    console: { username: ADMIN_USER, password: adminSecret },
    realmUrl: (realm) => `${url}/realms/${realm}`,
    kill: () => server.kill(),
    stop: () => server.stop(),
    start: async () => {
      if (server.isRunning()) return;
      await claimRunFolder(runDir);
      server = await launchKeycloak({ java, distribution, runDir, onLog, ...launch });
    },
  };
}

type Ports = Pick<Launch, 'port' | 'managementPort'>;
const TRIES = 3;

/** Somebody may take a free port before the server does: then others are tried, unless the port was asked for. */
async function firstLaunch(
  wanted: number | undefined,
  launch: (ports: Ports) => Promise<ServerProcess>,
): Promise<{ launch: Ports; first: ServerProcess }> {
  for (let tried = 1; ; tried++) {
    const [free = 0, managementPort = 0] = await freePorts(2);
    const ports = { port: wanted ?? free, managementPort };
    try {
      return { launch: ports, first: await launch(ports) };
    } catch (error) {
      const isTaken = error instanceof LocalServerError && error.message.includes('already bound');
      if (!isTaken || tried === TRIES) throw error;
    }
  }
}

/** Sees that the folder has a database with these realms, and answers its administrator's secret. */
async function database(runDir: string, realms: readonly Realm[], template: () => ReturnType<typeof templateOf>): Promise<string> {
  const noted = join(runDir, 'realms.json');
  const digest = digestOf(realms);
  if (existsSync(databaseIn(runDir))) {
    const kept = JSON.parse(await readFile(noted, 'utf8')) as { digest: string; adminSecret: string };
    if (kept.digest === digest) return kept.adminSecret;
    throw new LocalServerError(
      'CONFIG_INVALID',
      `${runDir} has a Keycloak with other realms than those asked for; it imports none into a database that is there`,
      'delete the folder (its users and keys go with it), or name another',
    );
  }
  const made = await template();
  await writeFile(noted, JSON.stringify({ digest, adminSecret: made.adminSecret }), { mode: 0o600 });
  await copyDatabase(made, runDir);
  return made.adminSecret;
}
