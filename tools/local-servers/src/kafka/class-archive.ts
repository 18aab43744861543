import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Java } from '../java.ts';
import { claimRunFolder } from '../server-process/run-note.ts';
import { freePorts } from '../server-process/free-ports.ts';
import { spawnServer } from '../server-process/spawn-server.ts';
import { brokerArguments } from './broker-command.ts';
import { formatStorage } from './format.ts';
import { brokerProperties } from './properties.ts';
import { untilReady } from './ready.ts';

const DEADLINE_MS = 60_000;

/**
 * An archive of the classes that a broker loads, beside its jars, for this Java: made once by a broker that starts and stops.
 * Undefined if it could not be made: a broker starts without it too, only slower.
 */
export async function classArchive(home: string, classPath: string, java: Java): Promise<string | undefined> {
  const archive = join(home, `java-${java.version}.jsa`);
  if (existsSync(archive)) return archive;
  const scratch = await mkdtemp(join(home, 'archive.'));
  try {
    const made = join(scratch, 'made.jsa');
    await runOnce(scratch, classPath, java, made);
    await rename(made, archive);
    return archive;
  } catch {
    return undefined;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runOnce(runDir: string, classPath: string, java: Java, made: string): Promise<void> {
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const propertiesFile = join(runDir, 'server.properties');
  const dataDir = join(runDir, 'data');
  await writeFile(propertiesFile, brokerProperties({ dataDir, port, controllerPort, brokerPassword: undefined }));
  await formatStorage({ java, classPath, runDir, propertiesFile, users: null });
  await claimRunFolder(runDir);
  const broker = await spawnServer({
    server: 'Kafka',
    command: java.command,
    args: brokerArguments({ classPath, propertiesFile, archive: { make: made } }),
    runDir,
    dataDir,
    ports: [port, controllerPort],
    logFile: join(runDir, 'kafka.log'),
  });
  await untilReady({ port, admin: null }, Date.now() + DEADLINE_MS, () => broker.isRunning());
  await broker.stop(DEADLINE_MS);
}
