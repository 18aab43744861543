import { expect, it } from 'vitest';
import { CODE, importsOf, isTest, projectOf, SOURCE, targetOf, type Import } from './repository.ts';

/** Rules finer than the lint's table of layers, which knows projects only. */
const imports = CODE.flatMap(importsOf);
const where = (found: Import[]) => found.map((i) => `${i.file}: ${i.from} {${i.names.join(', ')}}`);
const inProject = (name: string) => imports.filter((i) => projectOf(i.file) === name);

/** What federation may take of authorization: labels, projections and the tier check. Who may do what is not its business. */
const PROJECTION = new Set([
  'projectDocument',
  'narrowDocument',
  'checkTier',
  'checkEgress',
  'effectiveLabel',
  'jointLabel',
  'receivedJoint',
  'Audience',
  'AUDIENCE_OF_VIEW',
]);

it('federation knows projections, not decisions', () => {
  const taken = inProject('libs/federation').filter((i) => i.from.startsWith('@xiangjing/authorization'));
  expect(taken.length).toBeGreaterThan(0);
  expect(where(taken.filter((i) => i.from !== '@xiangjing/authorization' || !i.names.every((n) => PROJECTION.has(n))))).toEqual([]);
});

it('no relative import leaves its project', () => {
  const leaving = imports.filter((i) => {
    const target = targetOf(i);
    return target !== undefined && projectOf(target) !== projectOf(i.file);
  });
  expect(where(leaving)).toEqual([]);
});

it('no tool imports an app; it starts xiangjing as a process', () => {
  expect(where(imports.filter((i) => i.file.startsWith('tools/') && /^@xiangjing\/(node|portal)\b/.test(i.from)))).toEqual([]);
});

it('the portal takes nothing but types of the node', () => {
  const taken = inProject('apps/portal').filter((i) => i.from.startsWith('@xiangjing/node'));
  expect(where(taken.filter((i) => !i.typeOnly || i.from !== '@xiangjing/node/router'))).toEqual([]);
});

it('the node loads the demo identity provider only when it is asked for', () => {
  const taken = inProject('apps/node').filter((i) => i.from.startsWith('@xiangjing/local-servers') && !isTest(i.file));
  expect(taken.length).toBeGreaterThan(0);
  expect(where(taken.filter((i) => !i.dynamic && !i.typeOnly))).toEqual([]);
});

it('nothing that runs imports a testing entry', () => {
  expect(where(SOURCE.flatMap(importsOf).filter((i) => i.from.endsWith('/testing')))).toEqual([]);
});

it('plug-ins import the SDK and themselves only', () => {
  const foreign = imports.filter(
    (i) => i.file.startsWith('plugins/') && !i.from.startsWith('.') && !i.from.startsWith('@xiangjing/scenario-sdk') && !isTest(i.file),
  );
  expect(where(foreign)).toEqual([]);
});
