import { expect, it } from 'vitest';
import { importsOf, SOURCE, targetOf } from './repository.ts';

/** Type imports vanish at run time and may point back; values may not. */
const edges = new Map(
  SOURCE.map((file) => [
    file,
    importsOf(file)
      .filter((i) => !i.typeOnly && !i.dynamic)
      .map(targetOf)
      .filter((t): t is string => t !== undefined),
  ]),
);

function cycles(): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}

it('no file imports itself through others', () => {
  expect([...edges.values()].flat().length).toBeGreaterThan(100);
  expect(cycles()).toEqual([]);
});
