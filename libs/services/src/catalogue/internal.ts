import { holdsRole, listRule, type Allow } from '@xiangjing/authorization';
import type { OrganisationModel, Tx } from '@xiangjing/db';
import {
  DomainError,
  LIFECYCLE,
  move,
  readRecordId,
  STAGE_ZH,
  VERB_ZH,
  verbsOf,
  type Kind,
  type LifecycleVerb,
  type MovingRecord,
  type Role,
  type Stage,
} from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { DeniedError, notFound } from '../kernel/denied.ts';
import { listedWhere } from '../kernel/filters.ts';
import { targetOf, type RecordRow } from './record-row.ts';
import { decideStep, refusal } from './sight.ts';

/** The own record that a verb is about to change, decided and at the revision named: nothing is locked until the change itself. */
export async function recordForChange(
  tx: Tx,
  ctx: ServiceContext,
  input: { id: string; rev: number },
  verbOf: LifecycleVerb | ((row: RecordRow) => LifecycleVerb),
): Promise<{ row: RecordRow; decision: Allow; role: Role; moving: MovingRecord; verb: LifecycleVerb }> {
  const row = await ownRecordOrThrow(tx, ctx, input.id);
  const verb = typeof verbOf === 'function' ? verbOf(row) : verbOf;
  const moving = await movingOf(tx, row);
  const decision = decideStep(ctx, row, verb);
  if (decision.effect === 'deny') {
    const verbs = verbsOfCaller(ctx, row, moving);
    throw refusal(row, decision, { message: `您不能办理“${VERB_ZH[verb]}”；${canDo(verbs)}`, details: { stage: row.stage, verbs } });
  }
  const role = actingRole(ctx, row, verb);
  if (role === 'owner') await activeOwnerOrThrow(tx, row.ownerUscc);
  revOrThrow(row, input.rev);
  return { row, decision, role, moving, verb };
}

/** The record if it is this node's and may be known of. Another node's answers FOREIGN_RECORD if the caller sees its replica. */
export async function ownRecordOrThrow(tx: Tx, ctx: ServiceContext, id: string): Promise<RecordRow> {
  const row = await tx.record.findUnique({ where: { id } });
  if (row) return row;
  const denial = { subject: 'PUB', reason: 'NOT_FOUND', recordId: id } as const;
  if (readRecordId(id)?.adcode === ctx.node.adcode) throw notFound(denial);
  const rule = listRule(ctx.actor, ctx.node.adcode, ctx.clock.now());
  const replica = await tx.listedRecord.findFirst({ where: { AND: [listedWhere(rule), { id }] }, select: { origin: true } });
  if (!replica) throw notFound(denial);
  throw new DeniedError('FOREIGN_RECORD', { ...denial, reason: 'FOREIGN_RECORD' }, { details: { origin: replica.origin } });
}

export function revOrThrow(row: RecordRow, rev: number): void {
  if (Number(row.rev) !== rev) throw revConflict(Number(row.rev), rev);
}
export const revConflict = (present: number, named: number): DomainError =>
  new DomainError('REV_CONFLICT', `记录现在是第 ${present} 版，您依据的是第 ${named} 版`, {
    remedy: '取最新的一版，核对别人的改动后再试',
    issues: [{ pointer: '/rev', code: 'REV_CONFLICT', message: `现在是第 ${present} 版`, remedy: `改为 ${present}` }],
    details: { rev: present },
  });

export async function movingOf(tx: Tx, row: RecordRow): Promise<MovingRecord> {
  const stage = row.stage as Stage;
  const submitted = stage === 'draft' ? await tx.recordRevision.count({ where: { recordId: row.id, verb: 'submit' } }) : 1;
  return { kind: row.kind as Kind, stage, suspended: row.suspended, everSubmitted: submitted > 0 };
}

/** What this caller may do with the record now. */
export const verbsOfCaller = (ctx: ServiceContext, row: RecordRow, moving: MovingRecord): LifecycleVerb[] =>
  verbsOf(moving).filter((verb) => decideStep(ctx, row, verb).effect === 'allow');

/** The stage that a verb leads to; else STAGE_CONFLICT with the stage now and what this caller may do. */
export function nextStageOrThrow(ctx: ServiceContext, row: RecordRow, moving: MovingRecord, verb: LifecycleVerb): Stage {
  const result = move(moving, verb);
  if (result.ok) return result.to;
  const verbs = verbsOfCaller(ctx, row, moving);
  const message = `记录处于“${STAGE_ZH[moving.stage]}${moving.suspended ? '（已暂停）' : ''}”，不能${VERB_ZH[verb]}`;
  const remedy = missingFor(moving, verb) + canDo(verbs);
  const pointer = ['edit', 'amend', 'withdraw'].includes(verb) ? '/id' : '/verb';
  throw new DomainError('STAGE_CONFLICT', message, {
    remedy,
    issues: [{ pointer, code: 'STAGE_CONFLICT', message, remedy }],
    details: { stage: moving.stage, suspended: moving.suspended, verbs },
  });
}

function missingFor(moving: MovingRecord, verb: LifecycleVerb): string {
  const { from } = LIFECYCLE[verb];
  if ((from as readonly Stage[]).includes(moving.stage)) return moving.suspended ? '记录已暂停；' : '记录没有暂停，或已经提交过；';
  return from.length === 0 ? '' : `“${VERB_ZH[verb]}”要从${from.map((s) => `“${STAGE_ZH[s]}”`).join('、')}开始；`;
}
const canDo = (verbs: readonly LifecycleVerb[]): string =>
  verbs.length === 0 ? '您现在没有可办理的操作' : `您现在可以：${verbs.map((v) => VERB_ZH[v]).join('、')}`;

function actingRole(ctx: ServiceContext, row: RecordRow, verb: LifecycleVerb): Role {
  const home = ctx.node.adcode;
  const roles: readonly Role[] = LIFECYCLE[verb].roles;
  return roles.find((role) => holdsRole(ctx.actor, role, targetOf(row, home), home)) ?? 'coordinator';
}

/** An owner acts only while its organisation is active. */
export async function activeOwnerOrThrow(tx: Tx, uscc: string): Promise<OrganisationModel> {
  const organisation = await tx.organisation.findUnique({ where: { uscc } });
  if (!organisation) throw new DomainError('ORGANISATION_UNKNOWN', `本节点没有登记 ${uscc}`, { remedy: '先登记单位，再办理' });
  if (organisation.state !== 'active')
    throw new DeniedError(
      'SUBJECT_STATE',
      { subject: 'OWN', reason: 'SUBJECT_STATE' },
      { message: `“${organisation.name}”没有核验或已停用` },
    );
  return organisation;
}
