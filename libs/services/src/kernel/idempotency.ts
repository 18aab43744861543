import type { Tx } from '@xiangjing/db';
import { DomainError } from '@xiangjing/scenario-sdk';
import { createHash } from 'node:crypto';
import { actorKey } from './actor-key.ts';
import type { ServiceContext } from './context.ts';

/**
 * A call with an Idempotency-Key happens once per caller and procedure: the same body again gets the stored answer, another body
 * is refused. The row is inserted first, so that a call running beside waits for this one's commit and then reads its answer.
 * `repeated` tells the two apart: what a caller may see can have changed since the answer was stored.
 */
export async function answerOnce<T>(
  tx: Tx,
  ctx: ServiceContext,
  call: { action: string; input: unknown },
  work: () => Promise<T>,
): Promise<{ answer: T; repeated: boolean }> {
  if (ctx.idempotencyKey === undefined) return { answer: await work(), repeated: false };
  const id = { actor: actorKey(ctx.actor), procedure: call.action, key: keyOrThrow(ctx.idempotencyKey) };
  const bodyDigest = createHash('sha256').update(canonical(call.input)).digest('hex');
  const inserted = await tx.idempotencyKey.createMany({
    data: { ...id, bodyDigest, response: {}, createdAt: ctx.clock.now() },
    skipDuplicates: true,
  });
  if (inserted.count === 1) {
    const answer = await work();
    await tx.idempotencyKey.update({ where: { actor_procedure_key: id }, data: { response: answer as object } });
    return { answer, repeated: false };
  }
  const stored = await tx.idempotencyKey.findUniqueOrThrow({ where: { actor_procedure_key: id } });
  if (stored.bodyDigest !== bodyDigest)
    throw new DomainError('IDEMPOTENCY_CONFLICT', '这个 Idempotency-Key 已经用于另一份内容', {
      remedy: '内容不同就换一个新的 Idempotency-Key',
    });
  return { answer: stored.response as T, repeated: true };
}

const MOST_CHARACTERS = 200;

function keyOrThrow(key: string): string {
  if (key.length > 0 && key.length <= MOST_CHARACTERS) return key;
  const message = `Idempotency-Key 有 ${key.length} 个字符，应为 1 至 ${MOST_CHARACTERS} 个`;
  throw new DomainError('INPUT_INVALID', message, { remedy: '用一个随机的 UUID' });
}

/** JSON with sorted keys: one text per value. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, v]) => `${JSON.stringify(key)}:${canonical(v)}`)
    .join(',')}}`;
}
