import type { ServiceContext } from '../kernel/context.ts';

const KEYS_KEPT_MS = 7 * 86_400_000;

/** Sessions that ended, and stored answers older than any client repeats a request. */
export async function clearExpired(ctx: ServiceContext): Promise<{ sessions: number; keys: number }> {
  const now = ctx.clock.now();
  const [sessions, keys] = await Promise.all([
    ctx.db.session.deleteMany({ where: { expiresAt: { lte: now } } }),
    ctx.db.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - KEYS_KEPT_MS) } } }),
  ]);
  return { sessions: sessions.count, keys: keys.count };
}
