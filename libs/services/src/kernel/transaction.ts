import { transaction, type Tx } from '@xiangjing/db';
import type { ServiceContext } from './context.ts';
import { answerOnce } from './idempotency.ts';

/**
 * The one transaction of a verb: change, audit, intent, fact, and the stored answer of an Idempotency-Key. What another service
 * decides is read inside, with a lock. The egress worker hears of it after the commit. `again` decides anew what a repeated call
 * may be shown.
 */
export async function inTransaction<T>(
  ctx: ServiceContext,
  call: { action: string; input: unknown; again?: (answer: T) => Promise<T> },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { answer, repeated } = await transaction(ctx.db, (tx) => answerOnce(tx, ctx, call, () => work(tx)));
  ctx.wakeEgress();
  return repeated && call.again ? call.again(answer) : answer;
}
