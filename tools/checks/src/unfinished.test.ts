import { describe, expect, it } from 'vitest';
import { CODE, FILES, read, SOURCE } from './repository.ts';

const here = 'tools/checks/src/unfinished.test.ts';
const textFiles = FILES.filter((f) => /\.(ts|tsx|mjs|cjs|md|ya?ml|sql|css|prisma|service)$/.test(f) && f !== here);
const containing = (files: readonly string[], pattern: RegExp) =>
  files.flatMap((f) =>
    read(f)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${f}:${i + 1}: ${line.trim()}`] : [])),
  );

describe('nothing is left half done', () => {
  it.each([
    ['a note to finish later', /\b(TODO|FIXME|XXX)\b/],
    ['a test left out or alone', /\b(it|test|describe|bench)\.(skip|only|todo|fails)\b/],
    ['a rule switched off', /(eslint|oxlint)-disable|@ts-(ignore|expect-error|nocheck)/],
  ])('%s', (_, pattern) => {
    expect(containing(textFiles, pattern)).toEqual([]);
  });

  it('a type given up', () => {
    expect(
      containing(
        CODE.filter((f) => f !== here),
        /\bas any\b|:\s*any\b|<any>/,
      ).length /
        (CODE.flatMap((f) => read(f).split('\n')).length / 1000),
    ).toBeLessThan(0.3);
  });

  it('a function declared and never written', () => {
    expect(containing(SOURCE, /^\s*export declare (async )?(function|const)/)).toEqual([]);
  });

  it('a default export where nothing demands one', () => {
    const demanded = /\.config\.(ts|mjs)$|^plugins\/[\w-]+\/src\/|^apps\/portal\/src\/.*(page|pages|lazy)|global-setup\.ts$/;
    expect(
      containing(
        SOURCE.filter((f) => !demanded.test(f)),
        /^export default\b/,
      ),
    ).toEqual([]);
  });

  it('a name that names nothing', () => {
    expect(CODE.filter((f) => /\/(utils?|helpers?|common|misc|manager)\.tsx?$/.test(f))).toEqual([]);
  });
});
