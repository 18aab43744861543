import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);

/** Types of Node and of the browser are absent from its compiler settings; here, that nothing is imported that would bring them. */
describe('the SDK', () => {
  it.each(sources)('%s imports zod and its own files only', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const targets = [...text.matchAll(/^(?:import|export|\}) [^\n]*from '([^'\n]+)'|import\('([^'\n]+)'\)/gm)].map((m) => m[1] ?? m[2]);
    expect(targets.filter((t) => t !== 'zod' && !t?.startsWith('.'))).toEqual([]);
  });
});
