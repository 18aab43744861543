import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { javaFor } from '../prerequisites.ts';
import { LocalServerError } from '../server-error.ts';
import { ensurePortFree, freePorts, isPortFree } from '../server-process/free-ports.ts';
import { claimRunFolder } from '../server-process/run-note.ts';
import type { ServerEnd, ServerProcess } from '../server-process/spawn-server.ts';
import { KEYCLOAK_FOLDER, keycloakDistribution } from './distribution.ts';
import { databaseIn, launchKeycloak, makeHome, type Launch } from './launch.ts';
import { keep, readKept, type Kept } from './kept.ts';
import type { Realm } from './realm-of.ts';
import { ADMIN_CLIENT, ADMIN_USER, copyDatabase, digestOf, templateOf, type Template } from './template.ts';

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
  const java = javaFor('Keycloak', KEYCLOAK_FOLDER);
  await claimRunFolder(runDir, { endStale: options.endStale });
  if (options.port !== undefined) await ensurePortFree(options.port, 'Keycloak');
  const distribution = await keycloakDistribution(java);
  await makeHome(runDir, distribution);
  const kept = await database(runDir, options.realms, () => templateOf(options.realms, java, distribution));
  const start = (ports: Ports): Promise<ServerProcess> => launchKeycloak({ java, distribution, runDir, onLog, ...ports });
  const { ports, first } = await startSomewhere(options.port, kept.port, start);
  await keep(runDir, { ...kept, port: ports.port });
  let server: ServerProcess = first;
  const url = `http://127.0.0.1:${ports.port}`;
  return {
    url,
    port: ports.port,
    pid: () => server.pid,
    ended: () => server.ended,
    admin: { clientId: ADMIN_CLIENT, clientSecret: kept.adminSecret },
    console: { username: ADMIN_USER, password: kept.adminSecret },
    realmUrl: (realm) => `${url}/realms/${realm}`,
    kill: () => server.kill(),
    stop: () => server.stop(),
    start: async () => {
      if (server.isRunning()) return;
      await claimRunFolder(runDir);
      server = await start(ports);
    },
  };
}

type Ports = Pick<Launch, 'port' | 'managementPort'>;
const TRIES = 3;

/**
 * On the port that was asked for, else on that of the last start, else on a free one. Somebody may take a port between our look and
 * the server's: then another is tried, unless it was asked for.
 */
async function startSomewhere(
  asked: number | undefined,
  last: number | undefined,
  start: (ports: Ports) => Promise<ServerProcess>,
): Promise<{ ports: Ports; first: ServerProcess }> {
  const preferred = asked ?? (last !== undefined && (await isPortFree(last)) ? last : undefined);
  for (let tried = 1; ; tried++) {
    const [free = 0, managementPort = 0] = await freePorts(2);
    const ports = { port: tried === 1 ? (preferred ?? free) : (asked ?? free), managementPort };
    try {
      return { ports, first: await start(ports) };
    } catch (error) {
      const isTaken = error instanceof LocalServerError && error.message.includes('already bound');
      if (!isTaken || tried === TRIES) throw error;
    }
  }
}

/** Sees that the folder has a database with these realms; what is known of it. */
async function database(runDir: string, realms: readonly Realm[], template: () => Promise<Template>): Promise<Kept> {
  const digest = digestOf(realms);
  if (existsSync(databaseIn(runDir))) {
    const kept = await readKept(runDir);
    if (kept?.digest === digest) return kept;
    throw new LocalServerError(
      'CONFIG_INVALID',
      `${runDir} has a Keycloak with other realms than those asked for; it imports none into a database that is there`,
      'delete the folder (its users and keys go with it), or name another',
    );
  }
  const made = await template();
  const kept = { digest, adminSecret: made.adminSecret };
  await keep(runDir, kept);
  await copyDatabase(made, runDir);
  return kept;
}
