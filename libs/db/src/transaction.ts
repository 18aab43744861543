import { Prisma, type Db, type Tx } from './client.ts';

/** Serialisation failure and deadlock: the transaction did nothing, and may be tried again. */
const REPEATABLE = new Set(['P2034', '40001', '40P01']);

/** Prisma gives either a code of its own or PostgreSQL's, the latter inside the adapter's error. */
function isRepeatable(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  return REPEATABLE.has(error.code) || REPEATABLE.has(String(driverAdapterError?.cause?.originalCode));
}

export interface TransactionOptions {
  attempts?: number;
  timeoutMs?: number;
  pause?: (attempt: number) => Promise<void>;
}

/** One read-committed transaction, tried again when PostgreSQL chose it as the victim of a deadlock. `work` must not act outside it. */
export async function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  const { attempts = 3, timeoutMs = 15_000, pause = (n) => new Promise((r) => setTimeout(r, 20 * n)) } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work, { maxWait: timeoutMs, timeout: timeoutMs });
    } catch (error) {
      if (attempt >= attempts || !isRepeatable(error)) throw error;
      await pause(attempt);
    }
  }
}
