import { spawnSync } from 'node:child_process';
import { isPrepared, type CacheFolder } from './cache.ts';
import { findJava, JAVA_NEEDED, JAVA_REMEDY, lookForJava, type Java } from './java.ts';
import { MAVEN_REMEDY } from './maven.ts';
import { LocalServerError } from './server-error.ts';

export interface Missing {
  program: string;
  /** How to get it. */
  remedy: string;
}

/** What this machine lacks for the suites on the real Kafka and the real Keycloak, and for an independent reader; empty if they can run. */
export const missingPrograms = (env: NodeJS.ProcessEnv = process.env): Missing[] => [
  ...missingJava(env),
  ...missingMaven(env),
  ...(isThere('kcat', '-V', env) ? [] : [{ program: 'kcat', remedy: 'Debian: apt-get install kcat' }]),
];

/** The Java that runs a server. Throws everything the machine lacks at once; Maven only counts as long as it has something to fetch. */
export function javaFor(server: string, fetched: CacheFolder, env: NodeJS.ProcessEnv = process.env): Java {
  const missing = [...missingJava(env), ...(isPrepared(fetched, env) ? [] : missingMaven(env))];
  if (missing.length === 0) return findJava(env);
  const programs = missing.map((m) => m.program).join(' and ');
  const remedies = missing.map((m) => `${m.program}: ${m.remedy}`).join('\n→ ');
  throw new LocalServerError('PROGRAM_MISSING', `${server} needs ${programs}, which this machine lacks`, remedies);
}

function missingJava(env: NodeJS.ProcessEnv): Missing[] {
  const java = lookForJava(env);
  if (java && java.major >= JAVA_NEEDED) return [];
  return [{ program: `Java ${JAVA_NEEDED}+${java ? ` (here is ${java.version})` : ''}`, remedy: JAVA_REMEDY }];
}

const missingMaven = (env: NodeJS.ProcessEnv): Missing[] => (isThere('mvn', '-v', env) ? [] : [{ program: 'Maven', remedy: MAVEN_REMEDY }]);

const isThere = (program: string, flag: string, env: NodeJS.ProcessEnv): boolean =>
  spawnSync(program, [flag], { stdio: 'ignore', env }).status === 0;
