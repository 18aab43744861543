import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { abilityRules } from '../ability.ts';
import { CALLERS, HOME, NOW } from '../testing/index.ts';
import { prismaAbility, readable, toPrismaWhere, toSql } from './index.ts';

test('compiles a condition to a Prisma filter', () => {
  expect(
    toPrismaWhere({
      all: [{ field: 'jointLevel', op: 'lte', value: 2 }, { any: [{ field: 'domains', op: 'has', value: 'healthcare' }, { never: true }] }],
    }),
  ).toEqual({ AND: [{ jointLevel: { lte: 2 } }, { OR: [{ domains: { has: 'healthcare' } }, { id: { in: [] } }] }] });
  expect(toPrismaWhere({ always: true })).toEqual({ id: { gte: '' } });
});

test('compiles a condition to SQL with parameters from a number on', () => {
  const sql = toSql(
    {
      any: [
        { field: 'ownerUscc', op: 'in', value: ["o'k"] },
        {
          all: [
            { field: 'jointLevel', op: 'gt', value: 2 },
            { field: 'domains', op: 'has', value: 'x' },
          ],
        },
      ],
    },
    { firstParameter: 4, alias: 'l' },
  );
  expect(sql).toEqual({
    text: '(l.owner_uscc = any ($4::text[]) or (l.joint_level > $5::integer and l.domains @> array[$6::text]))',
    values: [["o'k"], 2, 'x'],
  });
  expect(toSql({ never: true }, { firstParameter: 1 })).toEqual({ text: 'false', values: [] });
  expect(() => toSql({ always: true }, { firstParameter: 1, alias: 'l; drop' })).toThrow('no SQL alias');
});

test('a caller without a rule reads nothing, in a form that holds inside AND', () => {
  expect(readable(prismaAbility([]), 'ListedRecord')).toEqual({ id: { in: [] } });
  const rules = abilityRules(CALLERS.anonymous, HOME, NOW).filter(({ action }) => action === 'list');
  expect(readable(prismaAbility(rules), 'ListedRecord', 'view')).toEqual({ id: { in: [] } });
  expect(readable(prismaAbility(rules), 'ListedRecord', 'list')).toMatchObject({ OR: expect.any(Array) });
});

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'generated', '.xiangjing'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts')) yield path;
  }
}

test('nobody asks accessibleBy but the wrapper, and nobody imports @casl outside this library', () => {
  const users = ['apps', 'libs', 'plugins', 'tools'].flatMap((folder) =>
    [...sources(join(ROOT, folder))].filter((path) => /accessibleBy|from '@casl\//.test(readFileSync(path, 'utf8'))),
  );
  expect(users.map((path) => path.slice(ROOT.length)).sort()).toEqual([
    'libs/authorization/src/ability.ts',
    'libs/authorization/src/prisma/readable.ts',
  ]);
});

test('the main entry runs in a browser: no Node module, no Prisma', () => {
  const main = [...sources(join(ROOT, 'libs/authorization/src'))].filter((path) => !/\/(prisma|testing)\//.test(path));
  expect(main.length).toBeGreaterThan(20);
  expect(main.filter((path) => /from '(node:|@prisma|@casl\/prisma|\.\/prisma)/.test(readFileSync(path, 'utf8')))).toEqual([]);
});
