import { expect, it } from 'vitest';
import { CODE, importsOf, SOURCE } from './repository.ts';

it('sees the repository, and its own imports', () => {
  expect(CODE.length).toBeGreaterThan(100);
  expect(SOURCE).toContain('apps/node/src/main.ts');
  expect(importsOf('tools/checks/src/repository.test.ts')).toEqual([
    { file: 'tools/checks/src/repository.test.ts', from: 'vitest', names: ['expect', 'it'], typeOnly: false, dynamic: false },
    {
      file: 'tools/checks/src/repository.test.ts',
      from: './repository.ts',
      names: ['CODE', 'importsOf', 'SOURCE'],
      typeOnly: false,
      dynamic: false,
    },
  ]);
});

it('reads type-only and dynamic imports as such', () => {
  const start = importsOf('apps/node/src/verbs/start.ts');
  expect(start.find((i) => i.from === 'commander')).toMatchObject({ typeOnly: true });
  const node = start.filter((i) => i.from === '../start-node.ts');
  expect(node).toMatchObject([
    { typeOnly: true, dynamic: false },
    { typeOnly: false, dynamic: true },
  ]);
});
