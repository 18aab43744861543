import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findJava } from './java.ts';
import { missingPrograms } from './prerequisites.ts';

const homes: string[] = [];
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true })));

/** A folder with a `bin/java` that says it is this version. */
function javaThatSays(version: string): string {
  const home = mkdtempSync(join(tmpdir(), 'xiangjing-java-'));
  homes.push(home);
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/java'), `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`);
  chmodSync(join(home, 'bin/java'), 0o755);
  return home;
}

it('takes the one of JAVA_HOME before that of the PATH', () => {
  const [home, other] = [javaThatSays('21.0.2'), javaThatSays('17.0.15')];
  expect(findJava({ JAVA_HOME: home, PATH: join(other, 'bin') })).toEqual({
    command: join(home, 'bin/java'),
    version: '21.0.2',
    major: 21,
  });
  expect(findJava({ PATH: join(other, 'bin') })).toMatchObject({ command: 'java', major: 17 });
});

it.each([
  ['11.0.20', 'only Java 11.0.20 is here'],
  ['1.8.0_402', 'only Java 1.8.0_402 is here'],
])('refuses Java %s, and says what to install', (version, told) => {
  expect(() => findJava({ PATH: join(javaThatSays(version), 'bin') })).toThrow(told);
});

it('lists everything that a bare machine lacks', () => {
  expect(missingPrograms({ PATH: '' }).map((m) => m.program)).toEqual(['Java 17+', 'Maven', 'kcat']);
  for (const { remedy } of missingPrograms({ PATH: '' })) expect(remedy).toContain('apt-get install');
});
