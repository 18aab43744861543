import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it.each([
  [['--realms', '430100,4301'], '“4301” is no node'],
  [['--port', 'x'], '“x” is no port'],
  [['--realm', '430100'], '--realm'],
])('refuses %o with the help', (args, told) => {
  const program = join(import.meta.dirname, 'run-keycloak.ts');
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(told);
  expect(stderr).toContain('npm run keycloak');
  expect(stderr).not.toContain('    at '); // a message, no stack
});
