import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, changeRecord, intentOf } from './change-record.ts';
import { reasonsOrThrow } from './gates.ts';
import { nextStageOrThrow, recordForChange } from './internal.ts';
import { WithdrawRecordInput, type RecordView } from './schemas.ts';
import { shownAgain } from './shown-again.ts';
import { viewOf } from './view.ts';

/** Takes a record back, by its owner or by order, with a reason: every node that had it keeps a tombstone. */
export async function withdrawRecord(ctx: ServiceContext, raw: WithdrawRecordInput): Promise<RecordView> {
  authorise(ctx, 'record.withdraw');
  const input = parse(WithdrawRecordInput, raw);
  const call = { action: 'record.withdraw', input, again: (answer: RecordView) => shownAgain(ctx, answer) };
  return inTransaction(ctx, call, async (tx) => {
    const { row: before, decision, role, moving } = await recordForChange(tx, ctx, input, 'withdraw');
    const stage = nextStageOrThrow(ctx, before, moving, 'withdraw');
    reasonsOrThrow('withdraw', input.reasons);
    const data = { stage, suspended: false };
    const after = await changeRecord(tx, ctx, before, { verb: 'withdraw', role, reasons: input.reasons, data });
    await writeAudit(tx, ctx, {
      action: 'record.withdraw',
      subject: decision.subject,
      obligations: decision.obligations,
      ...auditOf('withdraw', before, after),
    });
    await writeIntent(tx, ctx, intentOf('withdraw', after));
    return viewOf(tx, ctx, after);
  });
}
