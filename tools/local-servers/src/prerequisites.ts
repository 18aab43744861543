import { spawnSync } from 'node:child_process';

export interface Missing {
  program: string;
  /** What the machine lacks, and how to get it. */
  remedy: string;
}

const JAVA = 17;

/** What this machine lacks for the real Kafka, the real Keycloak and the independent reader; empty if they can run. */
export function missingPrograms(): Missing[] {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  return [
    ...(version >= JAVA ? [] : [{ program: `Java ${JAVA}+`, remedy: 'Debian: apt-get install openjdk-17-jre-headless' }]),
    ...(isThere('mvn', '-v') ? [] : [{ program: 'Maven', remedy: 'Debian: apt-get install maven' }]),
    ...(isThere('kcat', '-V') ? [] : [{ program: 'kcat', remedy: 'Debian: apt-get install kcat' }]),
  ];
}

const isThere = (program: string, flag: string): boolean => spawnSync(program, [flag], { stdio: 'ignore' }).status === 0;
