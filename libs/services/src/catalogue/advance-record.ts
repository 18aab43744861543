import type { Tx } from '@xiangjing/db';
import { type LifecycleVerb, type ScenarioKind } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import { inputError, parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeFact } from '../kernel/write-fact.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, changeRecord, intentOf } from './change-record.ts';
import { discardRecord } from './discard-record.ts';
import { passGatesOrThrow, reasonsOrThrow } from './gates.ts';
import { nextStageOrThrow, recordForChange } from './internal.ts';
import type { RecordRow } from './record-row.ts';
import { AdvanceRecordInput, type RecordView } from './schemas.ts';
import { shownAgain } from './shown-again.ts';
import { viewOf } from './view.ts';
import { withdrawRecord } from './withdraw-record.ts';

/** One step of the lifecycle: the table in scenario-sdk says from where, to where and by whom. */
export async function advanceRecord(ctx: ServiceContext, raw: AdvanceRecordInput): Promise<RecordView> {
  authorise(ctx, 'record.advance');
  const { verb, ...input } = parse(AdvanceRecordInput, raw);
  if (verb === 'withdraw') return withdrawRecord(ctx, input);
  steppingOrThrow(verb);
  const call = { action: 'record.advance', input: { verb, ...input }, again: (answer: RecordView) => shownAgain(ctx, answer) };
  return inTransaction(ctx, call, async (tx) => {
    const { row: before, decision, role, moving } = await recordForChange(tx, ctx, input, verb);
    const stage = nextStageOrThrow(ctx, before, moving, verb);
    reasonsOrThrow(verb, input.reasons);
    await passGatesOrThrow(tx, ctx, before, verb, stage);
    if (verb === 'discard') return discardRecord(tx, ctx, before, decision);
    const after = await changeRecord(tx, ctx, before, {
      verb,
      role,
      reasons: input.reasons,
      data: { stage, ...marksOf(ctx, before, verb) },
    });
    await writeAudit(tx, ctx, {
      action: 'record.advance',
      subject: decision.subject,
      obligations: decision.obligations,
      ...auditOf(verb, before, after),
    });
    await writeIntent(tx, ctx, intentOf(verb, after));
    if (verb === 'publish') await writePublished(tx, ctx, after);
    return viewOf(tx, ctx, after);
  });
}

/** Verbs that are no step by themselves have procedures of their own. */
function steppingOrThrow(verb: LifecycleVerb): void {
  if (verb !== 'create' && verb !== 'edit' && verb !== 'amend') return;
  const remedy = verb === 'create' ? '用 POST /records 新建' : '用 PATCH /records/{id} 修改';
  throw inputError([{ pointer: '/verb', code: 'INPUT_INVALID', message: `“${verb}”不是生命周期中的一步`, remedy }]);
}

/** What a step marks beside the stage. The day of first publication is set once for ever. */
function marksOf(
  ctx: ServiceContext,
  before: RecordRow,
  verb: LifecycleVerb,
): Partial<Pick<RecordRow, 'suspended' | 'firstPublishedOn' | 'unchecked'>> {
  switch (verb) {
    case 'publish':
      return { firstPublishedOn: before.firstPublishedOn ?? dateOf(dayOf(ctx.clock.now())), unchecked: false };
    case 'submit':
    case 'select':
      return { unchecked: false };
    case 'suspend':
      return { suspended: true };
    case 'resume':
    case 'reopen':
      return { suspended: false };
    default:
      return {};
  }
}

/** A record is the root of what it is: alias, second listing and members of a joint list do not exist yet. */
const writePublished = (tx: Tx, ctx: ServiceContext, row: RecordRow): Promise<void> =>
  writeFact(
    tx,
    ctx,
    {
      type: 'scenario.published',
      subject: row.id,
      rootId: row.id,
      occurredOn: dayOf(ctx.clock.now()),
      scenarioKind: row.scenarioKind as ScenarioKind | null,
      domains: row.domains,
      region: row.region,
      uscc: row.ownerUscc,
    },
    Number(row.rev),
  );
