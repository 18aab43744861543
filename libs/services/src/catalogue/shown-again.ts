import type { ServiceContext } from '../kernel/context.ts';
import { auditRead } from './get-record.ts';
import { goneOrThrow } from './gone.ts';
import type { RecordView } from './schemas.ts';
import { refusal, sightOf } from './sight.ts';
import { NOTHING, viewOf } from './view.ts';

/**
 * The answer to a step that is repeated under its Idempotency-Key: the record as the caller may see it now, withdrawn or not. Of a
 * draft that was discarded nothing is left but that it happened.
 */
export async function shownAgain(ctx: ServiceContext, answer: RecordView): Promise<RecordView> {
  const row = await ctx.db.record.findUnique({ where: { id: answer.id } });
  if (!row) return { ...answer, ...NOTHING, verbs: [] };
  const sight = sightOf(ctx, row);
  if (sight.part === 'none') {
    goneOrThrow(ctx, row, sight);
    throw refusal(row, sight.decision);
  }
  const view = await viewOf(ctx.db, ctx, row, sight);
  await auditRead(ctx, row, sight, 'record.view');
  return view;
}
