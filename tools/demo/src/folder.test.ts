import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openFolder, readKept } from './folder.ts';

const base = mkdtempSync(join(tmpdir(), 'xiangjing-demo-folder-'));
afterAll(() => rmSync(base, { recursive: true }));

it('keeps passwords and progress between starts, for its owner only', () => {
  const path = join(base, 'a');
  const first = openFolder(path, ['430000', '430100'], '2026-11-24');
  first.save({ joined: ['430000'] });
  const second = openFolder(path, ['430000', '430200'], '2026-12-01');
  expect(second.kept.password).toBe(first.kept.password);
  expect(second.kept.database['430000']).toEqual(first.kept.database['430000']);
  expect(second.kept).toMatchObject({ today: '2026-11-24', joined: ['430000'] });
  expect(Object.keys(second.kept.database).sort()).toEqual(['430000', '430100', '430200']);
  expect(statSync(join(path, 'demo.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, '430200')).mode & 0o777).toBe(0o700);
  expect(statSync(path).mode & 0o001).toBe(0o001);
});

it('makes other passwords each time', () => {
  const one = openFolder(join(base, 'b'), ['430000'], '2026-11-24').kept;
  const other = openFolder(join(base, 'c'), ['430000'], '2026-11-24').kept;
  expect(one.password).not.toBe(other.password);
  expect(new Set(Object.values(one.database['430000'] ?? {})).size).toBe(5);
});

it('does not overwrite a file it does not know', () => {
  const path = join(base, 'd');
  openFolder(path, ['430000'], '2026-11-24');
  writeFileSync(join(path, 'demo.json'), '{"other":1}');
  expect(() => openFolder(path, ['430000'], '2026-11-24')).toThrow('not what the demo wrote');
  expect(readKept(join(base, 'nowhere'))).toBeUndefined();
});
