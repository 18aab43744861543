import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, read, ROOT } from './repository.ts';

const projects = ['libs', 'tools', 'plugins'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((e) => e.isDirectory() && existsSync(join(ROOT, folder, e.name, 'package.json')))
    .map((e) => `${folder}/${e.name}`),
);

it.each(projects)('%s says in at most 40 lines what it is', (project) => {
  expect(FILES).toContain(`${project}/README.md`);
  expect(read(`${project}/README.md`).trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

/** A path as a document cites it: in backticks with a slash and an extension or a trailing slash, or as a link. */
const CITED = /`([\w@.-]+(?:\/[\w@.*-]+)+\/?)`|\]\(([^)#\s]+)\)/g;
const OURS = /^(apps|libs|plugins|tools|infra|\.ci|src|tests|prisma|fixtures|bin)\//;
/** Patterns, and folders that the build makes. */
const MADE = /\*|\/(generated|dist|node_modules)(\/|$)/;
const documents = FILES.filter((f) => f.endsWith('.md'));

describe('every path that a document cites is there', () => {
  it.each(documents)('%s', (file) => {
    const cited = [...read(file).matchAll(CITED)].flatMap(([, path, link]) => {
      if (link !== undefined) return /^[a-z]+:/.test(link) ? [] : [link];
      return path !== undefined && OURS.test(path) && !MADE.test(path) ? [path] : [];
    });
    const gone = cited.filter((path) => ![dirname(file), '.'].some((from) => existsSync(join(ROOT, from, path))) && !isInAProject(path));
    expect(gone).toEqual([]);
  });
});
/** `src/main.ts` beside the name of its project. */
const isInAProject = (path: string): boolean => FILES.some((f) => f.endsWith(`/${path}`));
