import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { DatabaseError } from './errors.ts';
import { withClient, type Queryable } from './pool.ts';
import { GROUPS, groupName } from './roles.ts';

export const migrationsDir = join(import.meta.dirname, '../prisma/migrations');

/** The advisory lock and the table, column for column, are those of Prisma's own engine: each sees the other's work as done. */
const LOCK = 72707369;
const TABLE = `create table if not exists _prisma_migrations (id varchar(36) primary key not null, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}
interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrateOptions {
  adcode: string;
  dir?: string;
}

/** Brings the database of one node to the state of the files, and returns the names it applied. Connects as the owner, then closes. */
export function migrate(ownerUrl: string, { adcode, dir = migrationsDir }: MigrateOptions): Promise<string[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await refuseForeignOwner(client, adcode);
    await client.query(TABLE);
    const missing = compare(readMigrations(dir), await readApplied(client));
    for (const migration of missing) await apply(client, migration);
    if (missing.length > 0) await openHistory(client);
    await client.query('insert into node_identity (adcode) values ($1) on conflict do nothing', [adcode]);
    return missing.map((m) => m.name);
  });
}

/** Names of the files not applied yet; throws when the history differs. Any of the node's logins may ask. */
export async function pendingMigrations(database: string | Queryable, dir: string = migrationsDir): Promise<string[]> {
  if (typeof database === 'string') return withClient(database, (client) => pendingMigrations(client, dir));
  const { rows } = await database.query<{ there: boolean }>(`select to_regclass('_prisma_migrations') is not null there`);
  const applied = rows[0]?.there ? await readApplied(database) : [];
  return compare(readMigrations(dir), applied).map((m) => m.name);
}

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir).filter((name) => existsSync(join(dir, name, 'migration.sql')));
  return names.sort().map((name) => {
    const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

async function readApplied(database: Queryable): Promise<Applied[]> {
  const { rows } = await database.query<Applied>('select migration_name, checksum, finished_at, rolled_back_at from _prisma_migrations');
  return rows.filter((row) => !row.rolled_back_at);
}

/** What is still to apply; a history that is not a beginning of these files is refused as a whole. */
function compare(files: Migration[], applied: Applied[]): Migration[] {
  const half = applied.find((row) => !row.finished_at);
  if (half)
    throw historyError(
      `migration ${half.migration_name} stopped half-way`,
      'restore the backup taken before it, or finish it by hand and set finished_at in _prisma_migrations',
    );
  const known = new Map(files.map((file) => [file.name, file.checksum]));
  for (const row of applied) {
    const checksum = known.get(row.migration_name);
    if (checksum === undefined)
      throw historyError(`the database has the migration ${row.migration_name}, which this release does not`, 'start the newer release');
    if (checksum !== row.checksum)
      throw historyError(
        `migration ${row.migration_name} was edited after it was applied`,
        'put the released file back; a change goes into a new file',
      );
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return files.filter((file) => !done.has(file.name));
}

const historyError = (message: string, remedy: string) => new DatabaseError('MIGRATION_HISTORY', message, remedy);

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      'insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)',
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseError(
      'MIGRATION_FAILED',
      `migration ${name} failed and left nothing behind: ${reason}`,
      'mend the cause, then start again',
      cause,
    );
  }
}

async function refuseForeignOwner(client: pg.Client, adcode: string): Promise<void> {
  const { rows: tables } = await client.query<{ there: boolean }>(`select to_regclass('node_identity') is not null there`);
  if (!tables[0]?.there) return;
  const { rows } = await client.query<{ adcode: string }>('select adcode from node_identity');
  const owner = rows[0]?.adcode;
  if (owner !== undefined && owner !== adcode)
    throw new DatabaseError(
      'DATABASE_OWNER',
      `this database belongs to node ${owner}, and node ${adcode} was started on it`,
      `give node ${adcode} a database of its own, or set its adcode to ${owner}`,
    );
}

/** Readiness is asked by the node's logins, which see the history but cannot write it. */
async function openHistory(client: pg.Client): Promise<void> {
  const groups = GROUPS.map((group) => groupName(group)).join(', ');
  await client.query(`grant select (migration_name, checksum, finished_at, rolled_back_at) on _prisma_migrations to ${groups}`);
}
