import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalServerError } from './server-error.ts';

export const JAVA_NEEDED = 17;
export const JAVA_REMEDY = 'Debian: apt-get install openjdk-17-jre-headless; elsewhere a JDK of https://adoptium.net, or set JAVA_HOME';

export interface Java {
  /** The program: of JAVA_HOME if that is set, else of the PATH. */
  command: string;
  major: number;
  /** As `17.0.15`. */
  version: string;
}

export function lookForJava(env: NodeJS.ProcessEnv = process.env): Java | undefined {
  const ofHome = env['JAVA_HOME'] ? join(env['JAVA_HOME'], 'bin', 'java') : undefined;
  const command = ofHome && existsSync(ofHome) ? ofHome : 'java';
  const version = /version "([^"]+)"/.exec(spawnSync(command, ['-version'], { encoding: 'utf8', env }).stderr ?? '')?.[1];
  return version === undefined ? undefined : { command, version, major: Number.parseInt(version, 10) };
}

export function findJava(env: NodeJS.ProcessEnv = process.env): Java {
  const java = lookForJava(env);
  if (java && java.major >= JAVA_NEEDED) return java;
  const found = java ? `only Java ${java.version} is here` : 'no Java is here';
  throw new LocalServerError('PROGRAM_MISSING', `Java ${JAVA_NEEDED} or newer is needed, and ${found}`, JAVA_REMEDY);
}
