import type { Db, Tx } from './client.ts';

/** Serialisation failure and deadlock: the transaction did nothing, and may be tried again. */
const REPEATABLE = new Set(['P2034', '40001', '40P01']);

function isRepeatable(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const { code, meta } = e as Error & { code?: unknown; meta?: { code?: unknown; driverAdapterError?: unknown } };
    if (REPEATABLE.has(String(code)) || REPEATABLE.has(String(meta?.code)) || isRepeatable(meta?.driverAdapterError)) return true;
  }
  return false;
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
