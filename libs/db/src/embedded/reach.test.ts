import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { binariesIn } from './binaries.ts';
import { barrier, reachablePlaces } from './reach.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiangjing-reach-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A user that owns nothing here. */
const stranger = { uid: 64_999, gid: 64_999 };

function make(path: string, mode: number): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
  return path;
}

test('the first closed folder on the way is named; what does not exist yet bars nothing', () => {
  const closed = make(join(folder, 'closed'), 0o700);
  make(join(closed, 'deep'), 0o755);
  expect(barrier(join(closed, 'deep/deeper'), stranger)).toBe(closed);
  expect(barrier(join(folder, 'none/of/this'), stranger)).toBeUndefined();
  expect(barrier(join(closed, 'deep'), { uid: statSync(closed).uid, gid: 0 })).toBeUndefined();
});

test('binaries behind a barrier are copied with open rights, data are placed elsewhere, both in one line', () => {
  const closed = make(join(folder, 'closed'), 0o700);
  make(join(closed, 'native/bin'), 0o700);
  writeFileSync(join(closed, 'native/bin/postgres'), '#!/bin/sh\n', { mode: 0o700 });
  writeFileSync(join(closed, 'native/bin/initdb'), '#!/bin/sh\n', { mode: 0o700 });
  const fallback = join(folder, 'var');
  const notes: string[] = [];
  const wanted = { binaries: binariesIn(join(closed, 'native')), dataDir: join(closed, 'data') };
  const places = reachablePlaces(wanted, stranger, (line) => notes.push(line), fallback);
  expect([barrier(places.binaries.postgres, stranger), barrier(places.dataDir, stranger)]).toEqual([undefined, undefined]);
  expect([existsSync(places.binaries.initdb), places.dataDir.startsWith(fallback)]).toEqual([true, true]);
  expect(notes).toEqual([expect.stringContaining(places.dataDir)]);
  expect(reachablePlaces(wanted, stranger, () => {}, fallback)).toEqual(places);
});

test('whoever runs the server himself keeps every place', () => {
  const wanted = { binaries: binariesIn('/nowhere'), dataDir: join(folder, 'data') };
  expect(reachablePlaces(wanted, undefined, () => {})).toBe(wanted);
});
