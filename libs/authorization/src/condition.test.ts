import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { allOf, ALWAYS, anyOf, matches, NEVER, oneOf, type Condition, type ListedColumns } from './condition.ts';
import { columnsOf } from './target.ts';
import { target } from './testing/index.ts';

const row = columnsOf(target());
const level = (value: number): Condition => ({ field: 'jointLevel', op: 'lte', value });

test('all of nothing is always, any of nothing is never, and both simplify', () => {
  expect(allOf()).toEqual(ALWAYS);
  expect(anyOf()).toEqual(NEVER);
  expect(oneOf('ownerUscc', [])).toEqual(NEVER);
  expect(allOf(level(1), NEVER)).toEqual(NEVER);
  expect(anyOf(level(1), ALWAYS)).toEqual(ALWAYS);
  expect(allOf(ALWAYS, level(1))).toEqual(level(1));
  expect(anyOf(NEVER, level(1), anyOf(level(2), level(3)))).toEqual({ any: [level(1), level(2), level(3)] });
});

test('comparisons mean what they say', () => {
  const is = (condition: Condition) => matches(condition, { ...row, jointLevel: 2, region: '430102', domains: ['healthcare'] });
  expect([level(1), level(2), level(3)].map(is)).toEqual([false, true, true]);
  expect([1, 2, 3].map((value) => is({ field: 'jointLevel', op: 'lt', value }))).toEqual([false, false, true]);
  expect([1, 2, 3].map((value) => is({ field: 'jointLevel', op: 'gt', value }))).toEqual([true, false, false]);
  expect(is({ field: 'domains', op: 'has', value: 'healthcare' })).toBe(true);
  expect(is({ field: 'domains', op: 'has', value: 'health' })).toBe(false);
  expect(is({ field: 'region', op: 'gte', value: '430100' })).toBe(true);
  expect(is({ field: 'region', op: 'in', value: ['430103'] })).toBe(false);
  expect(is({ all: [level(2), level(1)] })).toBe(false);
  expect(is({ any: [level(2), level(1)] })).toBe(true);
});

test('a column that is missing or NULL satisfies nothing', () => {
  const damaged = { ...row, jointLevel: null, viewed: undefined } as unknown as ListedColumns;
  for (const op of ['lt', 'lte', 'gt', 'gte', 'equals'] as const)
    expect(matches({ field: 'jointLevel', op, value: 0 }, damaged)).toBe(false);
  expect(matches({ field: 'viewed', op: 'equals', value: false }, damaged)).toBe(false);
});

/** Policies outside the grammar, as somebody might write them. */
const OUTSIDE = [
  `{}`,
  `undefined`,
  `null`,
  `{ all: [] }`,
  `{ any: [] }`,
  `{ never: false }`,
  `{ always: false }`,
  `{ not: { field: 'kind', op: 'equals', value: 'opportunity' } }`,
  `{ field: 'kind', op: 'not', value: 'opportunity' }`,
  `{ field: 'kind', op: 'notIn', value: ['opportunity'] }`,
  `{ field: 'kind', op: 'equals', value: undefined }`,
  `{ field: 'kind', op: 'equals', value: null }`,
  `{ field: 'kind', op: 'in', value: [] }`,
  `{ field: 'kind', op: 'equals', value: 'opportunity', mode: 'insensitive' }`,
  `{ field: 'ownerUscc', op: 'startsWith', value: '91' }`,
  `{ field: 'ownerUscc', op: 'contains', value: '%' }`,
  `{ field: 'ownerUscc', op: 'lte', value: '91' }`,
  `{ field: 'level', op: 'lte', value: 2n }`,
  `{ field: 'level', op: 'lte', value: '2' }`,
  `{ field: 'viewed', op: 'equals', value: 'true' }`,
  `{ field: 'viewed', op: 'in', value: [true] }`,
  `{ field: 'domains', op: 'equals', value: ['healthcare'] }`,
  `{ field: 'domains', op: 'hasSome', value: [] }`,
  `{ field: 'facets', op: 'equals', value: {} }`,
  `{ field: 'firstPublishedOn', op: 'lte', value: '2026-01-01' }`,
  `{ field: 'receivedAt', op: 'equals', value: null }`,
  `{ field: 'owner', op: 'equals', value: { uscc: '91' } }`,
  `{ field: 'id', equals: 'x' }`,
  `{ OR: [] }`,
];
const INSIDE = [
  `{ never: true }`,
  `{ field: 'kind', op: 'in', value: ['opportunity'] }`,
  `{ all: [{ field: 'level', op: 'lte', value: 2 }, { any: [{ field: 'domains', op: 'has', value: 'healthcare' }, { always: true }] }] }`,
];

test('a policy outside the grammar does not compile', { timeout: 60_000 }, () => {
  const here = dirname(fileURLToPath(import.meta.url));
  const file = join(here, 'mutants.ts');
  const lines = [
    `import type { Condition } from './condition.ts';`,
    ...[...OUTSIDE, ...INSIDE].map((text, i) => `export const c${i}: Condition = ${text};`),
  ];
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const source = ts.createSourceFile(file, lines.join('\n'), ts.ScriptTarget.ES2022, true);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === file ? source : getSourceFile(name, ...rest));
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], options, host);
  const faulty = new Set(
    program.getSemanticDiagnostics(source).map(({ start }) => source.getLineAndCharacterOfPosition(start ?? 0).line - 1),
  );
  expect(OUTSIDE.filter((_, i) => !faulty.has(i))).toEqual([]);
  expect(INSIDE.filter((_, i) => faulty.has(OUTSIDE.length + i))).toEqual([]);
});
