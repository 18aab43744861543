import { labelText, readRecordId } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { notFound } from '../kernel/denied.ts';
import { parse } from '../kernel/input.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { aboveL1 } from './above-l1.ts';
import { goneOrThrow } from './gone.ts';
import { labelOf, type RecordRow } from './record-row.ts';
import { getReplica } from './replica.ts';
import { RecordRef, type RecordView } from './schemas.ts';
import { refusal, sightOf, type Sight } from './sight.ts';
import { viewOf } from './view.ts';

/** One record, own or received, as far as this caller may have it. */
export async function getRecord(ctx: ServiceContext, raw: RecordRef): Promise<RecordView> {
  authorise(ctx, 'record.view');
  const { id } = parse(RecordRef, raw);
  if (readRecordId(id)?.adcode !== ctx.node.adcode) return getReplica(ctx, id);
  const row = await ctx.db.record.findUnique({ where: { id } });
  if (!row) throw notFound({ subject: 'PUB', reason: 'NOT_FOUND', recordId: id });
  const sight = sightOf(ctx, row);
  goneOrThrow(ctx, row, sight);
  if (sight.part === 'none') throw refusal(row, sight.decision);
  const view = await viewOf(ctx.db, ctx, row, sight);
  await auditRead(ctx, row, sight, 'record.view');
  return view;
}

/** A read above L1 has its audit row committed before the first byte. */
export async function auditRead(ctx: ServiceContext, row: RecordRow, sight: Sight, action: string): Promise<void> {
  if (!isAboveL1(row, sight)) return;
  const obligations = sight.part === 'body' ? sight.decision.obligations : ['log'];
  await writeAudit(ctx.db, ctx, {
    action,
    subject: sight.decision.subject,
    recordId: row.id,
    label: labelText(labelOf(row)),
    labelVersion: row.labelVersion,
    obligations,
    detail: { part: sight.part },
  });
}

function isAboveL1(row: RecordRow, sight: Sight): boolean {
  if (sight.part === 'body') return sight.decision.obligations.includes('log');
  return sight.part === 'projection' && aboveL1([labelOf(row), ...Object.values(sight.document.labels)]);
}
