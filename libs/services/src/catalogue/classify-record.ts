import type { DomainCode, Label } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { inputError, parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { getRecord } from './get-record.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, changeRecord, intentOf } from './change-record.ts';
import { activeOwnerOrThrow, ownRecordOrThrow, revOrThrow } from './internal.ts';
import { fieldLabelIssues, labelIssues } from './label-checks.ts';
import { contentColumns } from './record-content.ts';
import { documentOf } from './record-row.ts';
import { ClassifyRecordInput, type RecordView } from './schemas.ts';
import { decideOn, refusal } from './sight.ts';
import { viewOf } from './view.ts';

/** Sets the record's own label: the owner the first time, after that the steward, raising only. Raising takes effect at once. */
export async function classifyRecord(ctx: ServiceContext, raw: ClassifyRecordInput): Promise<RecordView> {
  authorise(ctx, 'record.classify');
  const input = parse(ClassifyRecordInput, raw);
  return inTransaction(ctx, { action: 'record.classify', input, again: ({ id }) => getRecord(ctx, { id }) }, async (tx) => {
    const before = await ownRecordOrThrow(tx, ctx, input.id);
    const role = before.classified ? 'steward' : 'owner';
    const decision = decideOn(ctx, before, { action: 'record.classify', proposed: input.label });
    if (decision.effect === 'deny') throw refusal(before, decision);
    if (role === 'owner') await activeOwnerOrThrow(tx, before.ownerUscc);
    revOrThrow(before, input.rev);
    const doc = documentOf(before);
    const fieldLabels: Record<string, Label> = { ...doc.fieldLabels, ...input.fieldLabels };
    const fields = ctx.plugins.fields(doc.kind, before.domain as DomainCode);
    const issues = [...labelIssues(input.label), ...fieldLabelIssues(input.fieldLabels ?? {}, fields, doc.fieldLabels)];
    if (issues.length > 0) throw inputError(issues);
    const columns = contentColumns(ctx, { ...doc, label: input.label, fieldLabels });
    const data = { ...columns, classified: true, labelVersion: before.labelVersion + 1 };
    const after = await changeRecord(tx, ctx, before, { verb: 'classify', role, data });
    await writeAudit(tx, ctx, {
      action: 'record.classify',
      subject: decision.subject,
      obligations: decision.obligations,
      ...auditOf('classify', before, after),
    });
    await writeIntent(tx, ctx, intentOf('classify', after));
    return viewOf(tx, ctx, after);
  });
}
