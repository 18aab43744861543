import { describe, expect, it } from 'vitest';

const files = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts'], { query: '?raw', import: 'default', eager: true });
const IMPORT = /^(?:import|export|\}) [^\n]*from '([^'\n]+)'|import\('([^'\n]+)'\)/gm;

/** Types of Node and of the browser are absent from its compiler settings; here, that nothing is imported that would bring them. */
describe('the SDK', () => {
  it.each(Object.entries(files))('%s imports zod and its own files only', (_name, text) => {
    const targets = [...text.matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? '');
    expect(targets.filter((t) => t !== 'zod' && !t.startsWith('.'))).toEqual([]);
  });
  it('is looked at whole', () => expect(Object.keys(files).length).toBeGreaterThan(30));
});
