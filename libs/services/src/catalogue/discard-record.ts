import type { Allow } from '@xiangjing/authorization';
import type { Tx } from '@xiangjing/db';
import type { ServiceContext } from '../kernel/context.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, intentOf } from './change-record.ts';
import { revConflict } from './internal.ts';
import { dropListed } from './listed-row.ts';
import type { RecordRow } from './record-row.ts';
import type { RecordView } from './schemas.ts';
import { viewOf } from './view.ts';

/** A draft that was never submitted goes without trace but in the audit; what was ever in the process is withdrawn instead. */
export async function discardRecord(tx: Tx, ctx: ServiceContext, row: RecordRow, decision: Allow): Promise<RecordView> {
  const last = await viewOf(tx, ctx, row);
  const { count } = await tx.record.deleteMany({ where: { id: row.id, rev: row.rev } });
  if (count === 0) throw revConflict(Number(row.rev) + 1, Number(row.rev));
  await tx.recordRevision.deleteMany({ where: { recordId: row.id } });
  await dropListed(tx, row.id);
  await writeAudit(tx, ctx, {
    action: 'record.advance',
    subject: decision.subject,
    obligations: decision.obligations,
    ...auditOf('discard', row, row),
  });
  await writeIntent(tx, ctx, intentOf('discard', { ...row, rev: row.rev + 1n }));
  return { ...last, verbs: [] };
}
