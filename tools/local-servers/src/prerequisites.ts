import { spawnSync } from 'node:child_process';
import { JAVA_NEEDED, JAVA_REMEDY, lookForJava } from './java.ts';
import { MAVEN_REMEDY } from './maven.ts';

export interface Missing {
  program: string;
  /** How to get it. */
  remedy: string;
}

/** What this machine lacks to fetch and run the real Kafka and the real Keycloak; empty if they can run. */
export const missingForServers = (env: NodeJS.ProcessEnv = process.env): Missing[] => [
  ...((lookForJava(env)?.major ?? 0) >= JAVA_NEEDED ? [] : [{ program: `Java ${JAVA_NEEDED}+`, remedy: JAVA_REMEDY }]),
  ...(isThere('mvn', '-v', env) ? [] : [{ program: 'Maven', remedy: MAVEN_REMEDY }]),
];

/** The same for their suites, which also read the broker with an independent client. */
export const missingPrograms = (env: NodeJS.ProcessEnv = process.env): Missing[] => [
  ...missingForServers(env),
  ...(isThere('kcat', '-V', env) ? [] : [{ program: 'kcat', remedy: 'Debian: apt-get install kcat' }]),
];

const isThere = (program: string, flag: string, env: NodeJS.ProcessEnv): boolean =>
  spawnSync(program, [flag], { stdio: 'ignore', env }).status === 0;
