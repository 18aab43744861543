import pg from 'pg';

/** Anything that answers a query: a pool, a client, a transaction's client. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/**
 * Every connection names its zone: otherwise it takes the one set on the database, and the Prisma adapter, which writes and reads
 * instants without their offset, silently shifts them.
 */
export const UTC = '-c timezone=UTC';

const BIGINT = 20;
const DATE = 1082;

/** `bigint` as a number (sequence and revision numbers stay far below 2^53), `date` as `YYYY-MM-DD` and not as a local midnight. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === BIGINT) return Number;
    if (format !== 'binary' && oid === DATE) return String;
    return pg.types.getTypeParser(oid, format);
  },
};

export interface PoolOptions {
  /** Connections at most; 5 unless told, so that a whole federation fits one server. */
  max?: number | undefined;
  applicationName?: string | undefined;
  /** Hears of a connection lost while idle (server stopped, database dropped); without a listener it would end the process. */
  onLost?: ((error: Error) => void) | undefined;
}

export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    options: UTC,
    types,
    max: options.max ?? 5,
    application_name: options.applicationName ?? 'xiangjing',
    idleTimeoutMillis: 30_000,
  });
  // Lost while in use: its running query rejects, or its next one does. Without a listener the process would end.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool.on('error', (error) => options.onLost?.(error));
}

/** One connection for one piece of work, closed after it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: UTC, types });
  client.on('error', () => {}); // the running query rejects with the same error
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
