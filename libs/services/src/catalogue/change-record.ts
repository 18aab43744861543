import type { Prisma, Tx } from '@xiangjing/db';
import { labelText, type JsonObject, type Label, type LifecycleVerb } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { revConflict } from './internal.ts';
import { keepListed } from './listed-row.ts';
import { PAST } from './past.ts';
import { changedPaths } from './record-content.ts';
import { labelOf, type RecordRow } from './record-row.ts';
import type { Reason } from './schemas.ts';

export interface Change {
  verb: LifecycleVerb | 'classify';
  role: string;
  reasons?: readonly Reason[];
  data: Prisma.RecordUncheckedUpdateManyInput;
}

/**
 * One step of a record: row, revision and list row. The revision named in the `where` is the lock: of two that started from the
 * same one, the later finds no row.
 */
export async function changeRecord(tx: Tx, ctx: ServiceContext, before: RecordRow, change: Change): Promise<RecordRow> {
  const { count } = await tx.record.updateMany({
    where: { id: before.id, rev: before.rev },
    data: { ...change.data, rev: before.rev + 1n, updatedAt: ctx.clock.now() },
  });
  if (count === 0) throw revConflict(await presentRev(tx, before), Number(before.rev));
  const after = await tx.record.findUniqueOrThrow({ where: { id: before.id } });
  await keepRevision(tx, ctx, before, after, change);
  await keepListed(tx, ctx, after);
  return after;
}

const presentRev = async (tx: Tx, before: RecordRow): Promise<number> =>
  Number((await tx.record.findUnique({ where: { id: before.id }, select: { rev: true } }))?.rev ?? before.rev);

export async function keepRevision(
  tx: Tx,
  ctx: ServiceContext,
  before: RecordRow | null,
  after: RecordRow,
  change: Omit<Change, 'data'>,
): Promise<void> {
  const { id, rev, stage, core, attrs, attrsSchema, fieldLabels } = after;
  await tx.recordRevision.createMany({
    data: {
      recordId: id,
      rev,
      verb: change.verb,
      stage,
      core: core as JsonObject,
      attrs: attrs as JsonObject,
      attrsSchema,
      fieldLabels: fieldLabels as Record<string, Label>,
      label: labelText(labelOf(after)),
      changed: changedPaths(contentOf(before), contentOf(after)),
      reasons: [...(change.reasons ?? [])],
      byName: ctx.actor.type === 'person' ? ctx.actor.name : 'system',
      byRole: change.role,
      at: ctx.clock.now(),
    },
  });
}

const contentOf = (row: RecordRow | null) => ({ core: (row?.core ?? {}) as JsonObject, attrs: (row?.attrs ?? {}) as JsonObject });

/** What every change puts into the journals beside it. */
export const auditOf = (verb: Change['verb'], before: RecordRow | null, after: RecordRow) => ({
  recordId: after.id,
  label: labelText(labelOf(after)),
  labelVersion: after.labelVersion,
  detail: { verb, from: before?.stage ?? '', to: after.stage, rev: Number(after.rev) },
});

export const intentOf = (verb: Change['verb'], after: RecordRow) => ({
  event: `record.${PAST[verb]}`,
  recordId: after.id,
  rev: Number(after.rev),
  body: { kind: after.kind, stage: after.stage },
});
