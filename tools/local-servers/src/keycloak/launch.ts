import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Java } from '../java.ts';
import { LocalServerError } from '../server-error.ts';
import { spawnServer, type ServerProcess } from '../server-process/spawn-server.ts';

export interface Launch {
  java: Java;
  distribution: string;
  /** Claimed before; the server's home is a folder in it. */
  runDir: string;
  port: number;
  managementPort: number;
  /** Imports the realms that lie in the home, into an empty database only. */
  importRealms?: boolean;
  env?: Record<string, string>;
  onLog?: ((line: string) => void) | undefined;
}

export const homeIn = (runDir: string): string => join(runDir, 'home');
export const databaseIn = (runDir: string): string => join(homeIn(runDir), 'data', 'h2');

/** A home has the distribution by links and its own data, so that several servers run on one distribution. */
export async function makeHome(runDir: string, distribution: string): Promise<void> {
  await mkdir(join(homeIn(runDir), 'data'), { recursive: true, mode: 0o700 });
  for (const part of ['lib', 'conf', 'providers', 'themes'])
    await symlink(join(distribution, part), join(homeIn(runDir), part)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
}

/** Starts Keycloak by java itself, so that the process is the server, and waits until it says that it is ready. */
export async function launchKeycloak(launch: Launch): Promise<ServerProcess> {
  const { runDir, port, managementPort, env, onLog } = launch;
  const server = await spawnServer({
    server: 'Keycloak',
    command: launch.java.command,
    args: argumentsOf(launch),
    runDir,
    dataDir: homeIn(runDir),
    ports: [port, managementPort],
    logFile: join(runDir, 'keycloak.log'),
    env: { ...withoutKeycloak(process.env), ...env },
    onLog,
  });
  await ready(server, managementPort);
  return server;
}

const READY_WITHIN_MS = 120_000;

/** The port opens seconds before realms are imported; only the management port knows when that is done. */
async function ready(server: ServerProcess, managementPort: number): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await sleep(100)) {
    if (!server.isRunning()) throw notReady('ended before it was ready', server);
    const answer = await fetch(`http://127.0.0.1:${managementPort}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    if (answer?.status === 200) return;
  }
  await server.kill();
  throw notReady(`was not ready after ${READY_WITHIN_MS / 1000} s`, server);
}

function notReady(what: string, server: ServerProcess): LocalServerError {
  const lines = server.tail().filter((line) => /ERROR|already|Unrecognized|failed|Exception/i.test(line));
  return new LocalServerError(
    'SERVER_START',
    `Keycloak ${what}:\n${(lines.length > 0 ? lines : server.tail()).slice(-8).join('\n')}`,
    'mend what its lines say; the whole log is keycloak.log in its folder',
  );
}

/** Settings of the caller's own Keycloak must not reach this one. */
const withoutKeycloak = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(KC_|KEYCLOAK_|JAVA_)/.test(name)));

/** As `kc.sh` starts it, with a small heap and a quick start. */
const JAVA_FLAGS = `
-Xms64m -Xmx256m -XX:MetaspaceSize=96M -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError
-Dfile.encoding=UTF-8 -Duser.language=en -Duser.country=US
--add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
--add-opens=java.base/java.security=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED --enable-native-access=ALL-UNNAMED
-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory
-Djava.util.logging.manager=org.jboss.logmanager.LogManager -Dpicocli.disable.closures=true -Dquarkus-log-max-startup-records=10000
`
  .trim()
  .split(/\s+/);

function argumentsOf({ distribution, runDir, port, managementPort, importRealms }: Launch): string[] {
  const home = homeIn(runDir);
  return [
    ...JAVA_FLAGS,
    `-Dkc.home.dir=${home}`,
    `-Djboss.server.config.dir=${join(home, 'conf')}`,
    '-cp',
    join(distribution, 'lib', 'quarkus-run.jar'),
    'io.quarkus.bootstrap.runner.QuarkusEntryPoint',
    'start',
    '--optimized',
    ...(importRealms ? ['--import-realm'] : []),
    '--http-enabled=true',
    // 127.0.0.1 alone takes both the host and the local cache; a fixed host name fixes the issuer.
    '--http-host=127.0.0.1',
    '--cache=local',
    `--http-port=${port}`,
    `--http-management-port=${managementPort}`,
    `--hostname=http://127.0.0.1:${port}`,
    '--log-level=INFO,io.smallrye.health:OFF',
  ];
}
