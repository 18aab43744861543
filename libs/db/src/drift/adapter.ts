import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type ErrorCapturingSqlMigrationAwareDriverAdapterFactory,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { UTC, withClient } from '../pool.ts';

/** `"char"`, in which the catalogue tables say much, is unknown to the adapter: read as text, its column is marked and typed afterwards. */
const CHAR = 18;
const TEXT = 25;
const MARK = '\u0000char';

function catalogueReader(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, options: UTC, max: 1 }).on('error', () => {});
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const marked = async (...args: unknown[]) => {
    const result = await query(...args);
    for (const field of result.fields ?? [])
      if (field.dataTypeID === CHAR) Object.assign(field, { dataTypeID: TEXT, name: field.name + MARK });
    return result;
  };
  pool.query = marked as typeof pool.query;
  return pool;
}

async function connect(url: string, afterwards: () => Promise<unknown> = async () => {}): Promise<SqlDriverAdapter> {
  const pool = catalogueReader(url);
  const adapter = await new PrismaPg(pool).connect();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeRaw: (query) => adapter.executeRaw(query),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    async queryRaw(query) {
      const result = await adapter.queryRaw(query);
      result.columnNames.forEach((name, i) => {
        if (!name.endsWith(MARK)) return;
        result.columnNames[i] = name.slice(0, -MARK.length);
        result.columnTypes[i] = ColumnTypeEnum.Character;
      });
      return result;
    },
    /** Whole: the adapter's own splits at every semicolon, also in a function's body. */
    async executeScript(script) {
      await pool.query(script);
    },
    async dispose() {
      await adapter.dispose();
      await pool.end();
      await afterwards();
    },
  };
}

/** The engine plays the migrations on a database of its own: the adapter's own shadow would be the real one. */
async function connectToShadow(url: string): Promise<SqlDriverAdapter> {
  const name = `shadow_${randomBytes(8).toString('hex')}`;
  const shadow = new URL(url);
  shadow.pathname = `/${name}`;
  await withClient(url, (client) => client.query(`create database ${name}`));
  return connect(shadow.href, () => withClient(url, (client) => client.query(`drop database ${name} with (force)`)));
}

export interface EngineAdapter {
  factory: ErrorCapturingSqlMigrationAwareDriverAdapterFactory;
  /** The engine forgets connections that it no longer needs, and with them the migration lock they hold. */
  close(): Promise<void>;
}

export function engineAdapter(url: string): EngineAdapter {
  const opened = new Map<SqlDriverAdapter, () => Promise<void>>();
  const keep = async (connecting: Promise<SqlDriverAdapter>) => {
    const adapter = await connecting;
    const dispose = adapter.dispose.bind(adapter);
    const once = () => (opened.delete(adapter) ? dispose() : Promise.resolve());
    opened.set(adapter, once);
    return Object.assign(adapter, { dispose: once });
  };
  return {
    factory: bindMigrationAwareSqlAdapterFactory({
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => keep(connect(url)),
      connectToShadowDb: () => keep(connectToShadow(url)),
    }),
    async close() {
      await Promise.all([...opened.values()].map((dispose) => dispose()));
    },
  };
}
