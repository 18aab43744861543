import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FILES, read, ROOT } from './repository.ts';

interface Manifest {
  name: string;
  license?: string;
  private?: boolean;
  nx?: { tags?: string[] };
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
const manifests = FILES.filter((f) => /^((apps|libs|plugins|tools)\/[^/]+\/)?package\.json$/.test(f)).map((file) => ({
  file,
  json: JSON.parse(read(file)) as Manifest,
}));

it('two compilers stand side by side: 7 checks, 6 serves tools that need a compiler’s interface', () => {
  const version = (tool: string) => execFileSync(join(ROOT, 'node_modules/.bin', tool), ['-v'], { encoding: 'utf8' }).trim();
  expect(version('tsc')).toBe('Version 7.0.2');
  expect(version('tsc6')).toMatch(/^Version 6\.0\./);
});

it('every version is pinned, every project of ours is named by *', () => {
  const loose = manifests.flatMap(({ file, json }) =>
    Object.entries({ ...json.dependencies, ...json.devDependencies, ...json.optionalDependencies }).flatMap(([name, version]) => {
      const right = name.startsWith('@xiangjing/') ? version === '*' : /^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
      return right ? [] : [`${file}: ${name} ${version}`];
    }),
  );
  expect(loose).toEqual([]);
});

it('every project is private, licensed and has one layer', () => {
  for (const { file, json } of manifests) {
    expect(json.private, file).toBe(true);
    expect(json.license, file).toBe('Apache-2.0');
    if (file !== 'package.json')
      expect(
        json.nx?.tags?.filter((t) => t.startsWith('layer:')),
        file,
      ).toHaveLength(1);
  }
});

it('one package has one version across the projects', () => {
  const seen = new Map<string, Set<string>>();
  for (const { json } of manifests)
    for (const [name, version] of Object.entries({ ...json.dependencies, ...json.devDependencies }))
      seen.set(name, (seen.get(name) ?? new Set()).add(version));
  expect([...seen].filter(([, versions]) => versions.size > 1).map(([name, versions]) => `${name}: ${[...versions].join(', ')}`)).toEqual(
    [],
  );
});
