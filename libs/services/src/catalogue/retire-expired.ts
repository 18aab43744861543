import { move, type Stage } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, changeRecord, intentOf } from './change-record.ts';
import { movingOf } from './internal.ts';
import { textIn } from './record-content.ts';
import { documentOf } from './record-row.ts';

/** Retires what is past its `validUntil`, one transaction each; how many it retired. Run twice, it acts once. One that fails holds up no other. */
export async function retireExpired(ctx: ServiceContext): Promise<number> {
  const today = dayOf(ctx.clock.now());
  const due = await ctx.db.listedRecord.findMany({
    where: { origin: ctx.node.adcode, validUntil: { lt: dateOf(today) }, stage: { in: [...LIVE] } },
    select: { id: true },
    orderBy: { validUntil: 'desc' }, // those that keep failing grow old, and stand behind
    take: 500,
  });
  let retired = 0;
  for (const { id } of due) {
    const isRetired = await retireOne(ctx, id, today).catch((err: unknown) => {
      ctx.log.warn({ err, record: id }, 'a record past its day could not be retired; tried again later');
      return false;
    });
    if (isRetired) retired += 1;
  }
  return retired;
}

const LIVE: readonly Stage[] = ['published', 'docked', 'landed', 'promoted'];

/** States what it expects: a record still live and still past its day. Somebody else's step in between wins. */
function retireOne(ctx: ServiceContext, id: string, today: string): Promise<boolean> {
  return inTransaction(ctx, { action: 'record.retire-expired', input: { id, today } }, async (tx) => {
    const before = await tx.record.findUnique({ where: { id } });
    if (!before) return false;
    const next = move(await movingOf(tx, before), 'retire');
    const validUntil = textIn(documentOf(before).core, 'validUntil');
    if (!next.ok || validUntil === '' || validUntil >= today) return false;
    const reasons = [{ code: 'expired', text: `有效期至 ${validUntil}`, fields: ['/core/validUntil'] }];
    const after = await changeRecord(tx, ctx, before, { verb: 'retire', role: 'system', reasons, data: { stage: next.to } });
    await writeAudit(tx, ctx, { action: 'record.advance', subject: 'NOD', ...auditOf('retire', before, after) });
    await writeIntent(tx, ctx, intentOf('retire', after));
    return true;
  });
}
