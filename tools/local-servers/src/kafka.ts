import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { classPathOf, KAFKA_FOLDER, kafkaHome } from './kafka/artifacts.ts';
import { brokerArguments } from './kafka/broker-command.ts';
import { readBrokerState, usersFor, writeBrokerState, type BrokerState } from './kafka/broker-state.ts';
import { classArchive } from './kafka/class-archive.ts';
import { formatStorage } from './kafka/format.ts';
import { ADMIN_USER, brokerProperties } from './kafka/properties.ts';
import { untilReady } from './kafka/ready.ts';
import { javaFor } from './prerequisites.ts';
import { LocalServerError } from './server-error.ts';
import { ensurePortFree, freePorts, isPortFree } from './server-process/free-ports.ts';
import { claimRunFolder } from './server-process/run-note.ts';
import { spawnServer, type ServerEnd, type ServerProcess } from './server-process/spawn-server.ts';

export { KAFKA_VERSION } from './kafka/artifacts.ts';
export { LocalServerError } from './server-error.ts';

export interface KafkaOptions {
  /** Holds everything of this broker; a second start in it finds topics, events and users again. */
  runDir: string;
  /** Any free one unless named; a second start takes that of the first if it can. */
  port?: number | undefined;
  /** Clients sign in by SCRAM-SHA-512 and have the rights that ACLs give them; `admin` may everything. Users are fixed when the folder is made. */
  secure?: { passwords: Record<string, string> } | undefined;
  /** A second listener for clients behind a forwarder on this port, such as one that a test cuts. */
  relayedBy?: { port: number } | undefined;
  /** The broker's own log. */
  onLog?: ((line: string) => void) | undefined;
  /** End a broker that a killed run left behind in the folder. */
  endStale?: boolean | undefined;
  env?: NodeJS.ProcessEnv | undefined;
}

export interface KafkaServer {
  brokers: string[];
  port: number;
  /** Where a forwarder named in `relayedBy` leads to. */
  relayedPort: number | undefined;
  pid(): number;
  /** Folder of the segment files. */
  dataDir: string;
  admin: { username: string; password: string } | null;
  /** Resolves when the present process has ended, for whatever reason. */
  ended(): Promise<ServerEnd>;
  /** SIGKILL. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Again, on the same ports and folder; resolves when ready. */
  start(): Promise<void>;
  /** Of a stopped broker: all topics, events and rights are gone, a new cluster with the same users. */
  wipe(): Promise<void>;
}

const READY_MS = 60_000;
const PORT_TRIES = 3;

/** Starts one Kafka broker on 127.0.0.1, fetched by Maven the first time. It dies with this process. */
export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const runDir = resolve(options.runDir);
  const java = javaFor('Kafka', KAFKA_FOLDER, options.env);
  const home = await kafkaHome(options.env);
  const classPath = classPathOf(home);
  const archive = await classArchive(home, classPath, java);
  await claimRunFolder(runDir, options);

  const kept = readBrokerState(runDir);
  const users = usersFor(runDir, options.secure?.passwords, kept);
  const [propertiesFile, dataDir] = [join(runDir, 'server.properties'), join(runDir, 'data')];
  const password = users?.clients[ADMIN_USER];
  const admin = password === undefined ? null : { username: ADMIN_USER, password };
  let state: BrokerState;
  let relayed: { port: number; advertisedPort: number } | undefined;
  let broker: ServerProcess;

  const takePorts = async (asked: number | undefined): Promise<void> => {
    if (asked !== undefined) await ensurePortFree(asked, 'Kafka');
    const [port = 0, controllerPort = 0, third = 0] = await freePorts(3);
    state = { port: asked ?? port, controllerPort, users };
    relayed = options.relayedBy && { port: third, advertisedPort: options.relayedBy.port };
    const shape = { dataDir, ...state, relayed, brokerPassword: users?.broker, clients: users?.clients };
    writeFileSync(propertiesFile, brokerProperties(shape), { mode: 0o600 });
  };
  const format = async (): Promise<void> => {
    rmSync(dataDir, { recursive: true, force: true });
    await formatStorage({ java, classPath, runDir, propertiesFile, users });
  };
  const launch = async (): Promise<void> => {
    broker = await spawnServer({
      server: 'Kafka',
      command: java.command,
      args: brokerArguments({ classPath, propertiesFile, archive: archive === undefined ? undefined : { read: archive } }),
      runDir,
      dataDir,
      ports: [state.port, state.controllerPort],
      logFile: join(runDir, 'kafka.log'),
      onLog: options.onLog,
    });
    const trouble = await untilReady({ port: state.port, admin }, Date.now() + READY_MS, () => broker.isRunning());
    if (trouble === undefined) return;
    await broker.kill();
    throw new LocalServerError(
      'SERVER_START',
      `Kafka did not get ready: ${trouble}\n${broker.tail().slice(-5).join('\n')}`,
      `mend what its lines say (all of them: ${join(runDir, 'kafka.log')}), then start again`,
    );
  };

  const lastPort = kept && (await isPortFree(kept.port)) ? kept.port : undefined;
  for (let tries = 1; ; tries++) {
    await takePorts(options.port ?? (tries === 1 ? lastPort : undefined));
    if (!kept || !existsSync(join(dataDir, 'meta.properties'))) await format();
    try {
      await launch();
      break;
    } catch (error) {
      // Another process may have taken a port between our look and the broker's.
      if (options.port !== undefined || tries === PORT_TRIES || !broker!.tail().some((line) => line.includes('Address already in use')))
        throw error;
    }
  }
  writeBrokerState(runDir, state!);

  return {
    brokers: [`127.0.0.1:${state!.port}`],
    port: state!.port,
    relayedPort: relayed?.port,
    pid: () => broker.pid,
    dataDir,
    admin,
    ended: () => broker.ended,
    kill: () => broker.kill(),
    stop: () => broker.stop(),
    start: async () => {
      if (!broker.isRunning()) await launch();
    },
    wipe: async () => {
      if (broker.isRunning()) throw new LocalServerError('SERVER_START', 'a running broker cannot be wiped', 'stop or kill it first');
      await format();
    },
  };
}
