import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everything, migrationList, withEngine } from './drift/engine.ts';
import { migrate, migrationsDir, pendingMigrations } from './migrate.ts';
import { withClient } from './pool.ts';
import { testDatabase } from './testing/index.ts';
import { emptyDatabase, migrationsWith } from './testing/scratch.ts';

/** Every migration of this release, in order. */
const RELEASE = readdirSync(migrationsDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const NEXT = '29990101000000_next';
const node = { adcode: '430100' };
const count = (url: string, table: string) =>
  withClient(url, async (client) => (await client.query<{ n: number }>(`select count(*) n from ${table}`)).rows[0]?.n);

test('an empty database is brought up once; a second run does nothing', async () => {
  const url = await emptyDatabase();
  expect(await pendingMigrations(url)).toEqual(RELEASE);
  expect(await migrate(url, node)).toEqual(RELEASE);
  expect(await migrate(url, node)).toEqual([]);
  expect(await pendingMigrations(url)).toEqual([]);
  expect(await count(url, 'node_identity')).toBe(1);
});

test('two processes that start at once apply each file once', async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all([migrate(url, node), migrate(url, node)]);
  expect(applied.flat()).toEqual(RELEASE);
});

test('a file edited after it was applied is refused', async () => {
  const url = await emptyDatabase();
  const dir = migrationsWith();
  await migrate(url, { ...node, dir });
  appendFileSync(join(dir, RELEASE[0]!, 'migration.sql'), '\n-- a harmless comment\n');
  await expect(migrate(url, { ...node, dir })).rejects.toMatchObject({
    code: 'MIGRATION_HISTORY',
    message: expect.stringContaining('was edited'),
  });
  await expect(pendingMigrations(url, dir)).rejects.toMatchObject({ code: 'MIGRATION_HISTORY' });
});

test('a migration that another tool left half-done is refused', async () => {
  const url = await emptyDatabase();
  await migrate(url, node);
  await withClient(url, (client) => client.query('update _prisma_migrations set finished_at = null'));
  await expect(migrate(url, node)).rejects.toMatchObject({ code: 'MIGRATION_HISTORY', message: expect.stringContaining('half-way') });
});

test('a database of a newer release is refused', async () => {
  const url = await emptyDatabase();
  const dir = migrationsWith({ [NEXT]: 'create table newer (id text primary key)' });
  expect(await migrate(url, { ...node, dir })).toEqual([...RELEASE, NEXT]);
  rmSync(join(dir, NEXT), { recursive: true });
  await expect(migrate(url, { ...node, dir })).rejects.toMatchObject({ code: 'MIGRATION_HISTORY', message: expect.stringContaining(NEXT) });
});

test('a file that fails leaves nothing of itself, and the ones before stay', async () => {
  const url = await emptyDatabase();
  const dir = migrationsWith({ [NEXT]: 'create table half (id text); select no_such_function();' });
  await expect(migrate(url, { ...node, dir })).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringContaining('no_such_function'),
  });
  expect(await pendingMigrations(url, dir)).toEqual([NEXT]);
  expect(await count(url, `pg_class where relname = 'half'`)).toBe(0);
});

test('a database of another node is refused before anything is applied', async () => {
  const url = await emptyDatabase();
  await migrate(url, node);
  const dir = migrationsWith({ [NEXT]: 'create table other (id text)' });
  await expect(migrate(url, { adcode: '430200', dir })).rejects.toMatchObject({
    code: 'DATABASE_OWNER',
    message: expect.stringContaining('430100'),
  });
  expect(await pendingMigrations(url, dir)).toEqual([NEXT]);
});

test('each login of a node can ask what is pending; none can write the history', async () => {
  await using database = await testDatabase();
  for (const url of [database.app, database.egress, database.publisher, database.apply]) {
    expect(await pendingMigrations(url)).toEqual([]);
    await expect(withClient(url, (client) => client.query('delete from _prisma_migrations'))).rejects.toMatchObject({ code: '42501' });
  }
});

test('Prisma’s own engine sees our work as done, and we see its', async () => {
  const [ours, theirs] = [await emptyDatabase(), await emptyDatabase()];
  await migrate(ours, node);
  const list = { migrationsList: migrationList(migrationsDir), filters: everything };
  const again = await withEngine(ours, (engine) => engine.applyMigrations(list));
  expect(again.appliedMigrationNames).toEqual([]);
  const first = await withEngine(theirs, (engine) => engine.applyMigrations(list));
  expect(first.appliedMigrationNames).toEqual(RELEASE);
  expect(await migrate(theirs, node)).toEqual([]);
});
