import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { migrationsDir } from '../migrate.ts';
import { withClient } from '../pool.ts';
import { testServer } from './index.ts';

/** An empty database for one test, unlike the clones of the template; its superuser's URL. */
export async function emptyDatabase(): Promise<string> {
  const { superUrl } = testServer();
  const name = `e_${randomBytes(8).toString('hex')}`;
  await withClient(superUrl('postgres'), (client) => client.query(`create database ${name} template template0`));
  onTestFinished(async () => {
    await withClient(superUrl('postgres'), (client) => client.query(`drop database ${name} with (force)`));
  });
  return superUrl(name);
}

/** A folder that goes with the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xiangjing-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The released migrations and further ones, in a folder that a test may spoil. */
export function migrationsWith(more: { [name: string]: string } = {}): string {
  const dir = scratchFolder();
  cpSync(migrationsDir, dir, { recursive: true });
  for (const [name, sql] of Object.entries(more)) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'migration.sql'), sql);
  }
  return dir;
}
