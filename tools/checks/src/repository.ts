import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');
const MADE = new Set(['node_modules', 'dist', '.nx', '.git', '.xiangjing', 'generated', 'test-results']);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (MADE.has(entry.name) || entry.isSymbolicLink()) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(ROOT, path)];
  });
}

/** Every file that people write, by its path from the root. */
export const FILES: readonly string[] = walk(ROOT);
const cache = new Map<string, string>();
export function read(path: string): string {
  const text = cache.get(path) ?? readFileSync(join(ROOT, path), 'utf8');
  cache.set(path, text);
  return text;
}

export const CODE = FILES.filter((f) => /^(apps|libs|plugins|tools)\/.*\.(ts|tsx|mts|mjs|cjs)$/.test(f) && !f.endsWith('.d.ts'));
export const isTest = (file: string): boolean => /\.test\.tsx?$|\/(tests|testing)\//.test(file);
/** What runs: neither tests nor what only helps them. */
export const SOURCE = CODE.filter((f) => !isTest(f));
/** `libs/db` of `libs/db/src/client.ts`. */
export const projectOf = (file: string): string => file.split('/').slice(0, 2).join('/');

export interface Import {
  file: string;
  /** As written: `./x.ts` or `@xiangjing/db`. */
  from: string;
  /** The names between the braces; empty for whole-module and dynamic imports. */
  names: string[];
  typeOnly: boolean;
  dynamic: boolean;
}
const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:(\*(?:\s+as\s+\w+)?|[\w$]+)\s*,?\s*)?(?:\{([^}]*)\})?\s*from\s+'([^']+)'/gm;
const BARE = /^\s*import\s+'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

/** The imports and re-exports of a file, as its text says. */
export function importsOf(file: string): Import[] {
  const text = read(file);
  const fixed = [...text.matchAll(STATIC)].map(([, type, whole, braces, from = '']) => {
    const all = (braces ?? '')
      .split(',')
      .map((n) => n.trim())
      .filter(Boolean);
    const names = all.map((n) => n.replace(/^type\s+/, '').replace(/\s+as\s+\w+$/, ''));
    const typeOnly = type !== undefined || (whole === undefined && all.length > 0 && all.every((n) => n.startsWith('type ')));
    return { file, from, names, typeOnly, dynamic: false };
  });
  const bare = [...text.matchAll(BARE)].map(([, from = '']) => ({ file, from, names: [], typeOnly: false, dynamic: false }));
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, from = '']) => ({ file, from, names: [], typeOnly: false, dynamic: true }));
  return [...fixed, ...bare, ...dynamic];
}

/** The file that a relative import means, by its path from the root. */
export const targetOf = (i: Import): string | undefined => (i.from.startsWith('.') ? join(dirname(i.file), i.from) : undefined);
