import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Java } from '../java.ts';
import { lastLines, runCommand } from '../run-command.ts';
import { LocalServerError } from '../server-error.ts';
import type { BrokerUsers } from './broker-state.ts';
import { BROKER_USER } from './properties.ts';

export interface Formatting {
  java: Java;
  classPath: string;
  runDir: string;
  propertiesFile: string;
  users: BrokerUsers;
}

const JVM = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error'];

/** Makes an empty log directory for a new cluster, with the users in it. */
export async function formatStorage({ java, classPath, runDir, propertiesFile, users }: Formatting): Promise<void> {
  mkdirSync(runDir, { recursive: true });
  const everyone = users ? [[BROKER_USER, users.broker] as const, ...Object.entries(users.clients)] : [];
  const args = [
    ...JVM,
    '-cp',
    classPath,
    'kafka.tools.StorageTool',
    'format',
    '-c',
    propertiesFile,
    `--cluster-id=${randomBytes(16).toString('base64url')}`, // one in 64 begins with "-", which `-t <id>` would take for a flag
    ...everyone.flatMap(([name, password]) => ['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`]),
  ];
  // By a file: the arguments of a process are there for every user of the machine to read.
  const file = join(runDir, 'format.args');
  writeFileSync(file, args.map(quoted).join('\n'), { mode: 0o600 });
  try {
    const { code, output } = await runCommand(java.command, [`@${file}`], { cwd: runDir });
    if (code !== 0)
      throw new LocalServerError(
        'SERVER_START',
        `Kafka’s storage could not be made (exit ${code}):\n${lastLines(output)}`,
        `mend what its lines say, or delete ${runDir}`,
      );
  } finally {
    rmSync(file, { force: true });
  }
}

const quoted = (argument: string): string => `"${argument.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
