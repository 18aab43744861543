import { expect, test } from 'vitest';
import { unitFlags } from './unit-flags.ts';

test('the flags and the C library’s settings of the unit are found, and nothing else of it', () => {
  const { execArgv, env } = unitFlags();
  expect(execArgv.map((flag) => flag.split('=')[0])).toEqual(['--max-semi-space-size', '--max-old-space-size']);
  expect(Object.keys(env)).toEqual(['MALLOC_ARENA_MAX', 'MALLOC_TRIM_THRESHOLD_', 'MALLOC_MMAP_THRESHOLD_']);
});

test('a unit without flags gives none', () => {
  expect(
    unitFlags('ExecStart=/usr/bin/node /opt/x/bin/xiangjing.mjs start --config /etc/x.yaml\nEnvironment=NODE_ENV=production\n'),
  ).toEqual({
    execArgv: [],
    env: {},
  });
});
