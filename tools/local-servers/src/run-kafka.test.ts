import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const runKafka = (args: string[], env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'run-kafka.ts'), ...args], { encoding: 'utf8', env });

it('says what the machine lacks and how to install it', () => {
  const { status, stderr } = runKafka([], { PATH: '', XIANGJING_CACHE: join(tmpdir(), 'xiangjing-no-cache') });
  expect(status).toBe(1);
  expect(stderr).toContain('PROGRAM_MISSING: Kafka needs Java 17+ and Maven, which this machine lacks');
  expect(stderr).toContain('apt-get install openjdk-17-jre-headless');
  expect(stderr).toContain('apt-get install maven');
  expect(stderr).not.toContain('    at '); // a message, no stack
});

it.each([
  [['--port', '80'], '“80” is no port'],
  [['--ports', '9092'], '--ports'],
])('refuses %o', (args, told) => {
  const { status, stderr } = runKafka(args, process.env);
  expect(status).toBe(1);
  expect(stderr).toContain(told);
  expect(stderr).not.toContain('    at ');
});
