import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, read, ROOT } from './repository.ts';

const here = 'tools/checks/src/addresses.test.ts';
const texts = FILES.filter((f) => !/\.(png|ico|woff2?|svg)$|package-lock\.json$/.test(f) && f !== here);
const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');

describe('the repository works anywhere', () => {
  it.each([
    ['a folder of one machine', /(^|[\s'"`(=:])\/(root|work|home\/[a-z]+|Users)\b(?!-)/],
    ['a registry’s address', /registry\.(npmjs|npmmirror|yarnpkg)|npm\.pkg\.github|artifactory|nexus-|verdaccio/i],
  ])('without %s', (_, pattern) => {
    const found = texts.flatMap((f) =>
      read(f)
        .split('\n')
        .flatMap((line, i) => (pattern.test(line) ? [`${f}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

describe('the lock file', () => {
  it('ties an install to no download source', () => {
    expect(lock).not.toMatch(/"resolved":\s*"(https?|git)/);
  });
  it('has a digest for each package from outside', () => {
    const packages = Object.entries(
      (JSON.parse(lock) as { packages: Record<string, { link?: boolean; integrity?: string; inBundle?: boolean }> }).packages,
    );
    const outside = packages.filter(([path, p]) => path.includes('node_modules/') && !p.link && !p.inBundle);
    expect(outside.length).toBeGreaterThan(300);
    expect(outside.filter(([, p]) => !p.integrity).map(([path]) => path)).toEqual([]);
  });
});
