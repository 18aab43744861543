import type { Db } from '@xiangjing/db';
import { SealError, type Sealer } from '@xiangjing/platform';
import { createHash, randomBytes } from 'node:crypto';

/** What stays on the server of a signed-in browser; its tokens never leave it. */
export interface SessionStore<T> {
  /** Keeps the data sealed and gives the id for the cookie. */
  create(data: T, ttlMs: number): Promise<string>;
  /** The data, or undefined if there is no such session, it has run out, or the node's secret is another since: one signs in again. */
  read(id: string): Promise<T | undefined>;
  /** Replaces the data and moves the end; false if the session is gone. */
  refresh(id: string, data: T, ttlMs: number): Promise<boolean>;
  delete(id: string): Promise<void>;
}

/** One table for every process of the node; `clearExpired` of operations empties it. The id is stored as a digest: who reads the table has no session by it. */
export function createSessionStore<T>(options: { db: Db; sealer: Sealer; clock: { now(): Date } }): SessionStore<T> {
  const { db, sealer, clock } = options;
  const keyOf = (id: string) => createHash('sha256').update(id).digest('base64url');
  const end = (ttlMs: number) => new Date(clock.now().getTime() + ttlMs);
  const sealed = (key: string, data: T) => new Uint8Array(sealer.seal(JSON.stringify(data), key));
  return {
    async create(data, ttlMs) {
      const id = randomBytes(32).toString('base64url');
      const key = keyOf(id);
      await db.session.create({ data: { id: key, sealed: sealed(key, data), createdAt: clock.now(), expiresAt: end(ttlMs) } });
      return id;
    },
    async read(id) {
      const row = await db.session.findUnique({ where: { id: keyOf(id) } });
      if (!row || row.expiresAt <= clock.now()) return undefined;
      try {
        return JSON.parse(sealer.open(row.sealed, row.id)) as T;
      } catch (error) {
        if (error instanceof SealError) return undefined;
        throw error;
      }
    },
    async refresh(id, data, ttlMs) {
      const key = keyOf(id);
      const { count } = await db.session.updateMany({
        where: { id: key, expiresAt: { gt: clock.now() } },
        data: { sealed: sealed(key, data), expiresAt: end(ttlMs) },
      });
      return count === 1;
    },
    async delete(id) {
      await db.session.deleteMany({ where: { id: keyOf(id) } });
    },
  };
}
