import { expect, it } from 'vitest';
import { read, SOURCE } from './repository.ts';

const lines = (file: string): number => read(file).trimEnd().split('\n').length;
const sizes = SOURCE.map((file) => ({ file, lines: lines(file) })).sort((a, b) => a.lines - b.lines);
const at = (share: number): number => sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))]?.lines ?? 0;

it('files stay small: median ≤ 70, nine in ten below 220, none over 400 lines', () => {
  expect(at(0.5)).toBeLessThanOrEqual(70);
  expect(at(0.9)).toBeLessThan(220);
  expect(sizes.filter((s) => s.lines > 400)).toEqual([]);
});

it('the entry of the node fits on one screen', () => {
  expect(lines('apps/node/src/main.ts')).toBeLessThanOrEqual(40);
});
