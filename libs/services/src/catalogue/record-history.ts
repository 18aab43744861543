import { effectiveLabel, maskDocument, type Mask } from '@xiangjing/authorization';
import type { RecordRevisionModel } from '@xiangjing/db';
import {
  atLeast,
  isViewed,
  readRecordId,
  type DomainCode,
  type FieldDirectory,
  type JsonObject,
  type Label,
  type Stage,
} from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { notFound } from '../kernel/denied.ts';
import { parse } from '../kernel/input.ts';
import { aboveL1 } from './above-l1.ts';
import { auditRead } from './get-record.ts';
import { goneOrThrow } from './gone.ts';
import { documentOf, jointOf, type RecordRow } from './record-row.ts';
import { auditReplica, readReplica } from './replica.ts';
import { RecordRef, type Reason, type RecordHistory } from './schemas.ts';
import { refusal, sightOf, type Sight } from './sight.ts';

/** The steps of a record with what changed, in the paths that this caller may read. */
export async function recordHistory(ctx: ServiceContext, raw: RecordRef): Promise<RecordHistory> {
  authorise(ctx, 'record.history');
  const { id } = parse(RecordRef, raw);
  if (readRecordId(id)?.adcode !== ctx.node.adcode) return replicaHistory(ctx, id);
  const row = await ctx.db.record.findUnique({ where: { id } });
  if (!row) throw notFound({ subject: 'PUB', reason: 'NOT_FOUND', recordId: id });
  const sight = sightOf(ctx, row, 'record.history');
  if (sight.part !== 'body') goneOrThrow(ctx, row, sight);
  if (sight.part === 'none') throw refusal(row, sight.decision);
  const revisions = await ctx.db.recordRevision.findMany({ where: { recordId: id }, orderBy: { rev: 'asc' } });
  const fields = ctx.plugins.fields(documentOf(row).kind, row.domain as DomainCode);
  const items =
    sight.part === 'body' ? wholeHistory(row, revisions, fields, sight.decision.mask) : outsideHistory(revisions, fields, sight);
  await auditRead(ctx, row, sight, 'record.history');
  return { items: items.reverse() };
}

type Item = RecordHistory['items'][number];

function stepOf(revision: RecordRevisionModel): Item {
  const { rev, at, verb, stage, byRole, reasons } = revision;
  return {
    rev: Number(rev),
    at: at.toISOString(),
    verb,
    stage: stage as Stage,
    byRole,
    changes: [],
    reasons: reasons as Reason[] as Item['reasons'],
  };
}

/**
 * A path as its values were labelled when they were written: another domain or schema may have had the same name for something
 * stricter. `bound` is the label under which the path is shown today.
 */
const wasWithin = (bound: Label, revision: RecordRevisionModel, path: string): boolean => {
  const written = (revision.fieldLabels as Record<string, Label>)[path];
  return written === undefined || atLeast(bound, written);
};

/**
 * For those who have the body: every step, with values but for masked ones. Access to the body went by the joint label as it is now,
 * so a value under a higher label that was taken out since stays out of here too.
 */
function wholeHistory(row: RecordRow, revisions: readonly RecordRevisionModel[], fields: FieldDirectory, mask: Mask): Item[] {
  const doc = documentOf(row);
  const isWithinJoint = (path: string): boolean => atLeast(jointOf(row), effectiveLabel(doc, path, fields));
  const isAsToday = (path: string, ...sides: RecordRevisionModel[]): boolean =>
    sides.every((side) => wasWithin(effectiveLabel(doc, path, fields), side, path));
  const shown = revisions.map((revision) =>
    maskDocument({ ...doc, core: revision.core as JsonObject, attrs: revision.attrs as JsonObject }, mask, fields),
  );
  return revisions.map((revision, i) => {
    const before = shown[i - 1];
    const paths = before ? revision.changed.filter((path) => isWithinJoint(path) && isAsToday(path, revisions[i - 1]!, revision)) : [];
    const changes = before ? changesOf(paths, before, shown[i]!, fields) : [];
    const former = revisions[i - 1]?.label;
    const relabelled = former !== undefined && former !== revision.label;
    const label = relabelled ? [{ path: 'label', titleZh: '定级', before: former, after: revision.label }] : [];
    return { ...stepOf(revision), changes: [...changes, ...label] };
  });
}

/** Steps before the first publication are told without content, drafts and reasons not at all. */
function outsideHistory(revisions: readonly RecordRevisionModel[], fields: FieldDirectory, sight: Sight & { part: 'projection' }): Item[] {
  const { labels } = sight.document;
  return revisions.flatMap((revision, i) => {
    const isOut = isViewed(revision.stage as Stage);
    if (!isOut && !OUTSIDE_STEPS.has(revision.verb)) return [];
    const before = revisions[i - 1];
    if (!isOut || !before || !isViewed(before.stage as Stage)) return [{ ...stepOf(revision), reasons: [] }];
    const paths = revision.changed.filter((path) => {
      const label = labels[path];
      return label !== undefined && wasWithin(label, before, path) && wasWithin(label, revision, path);
    });
    return [{ ...stepOf(revision), reasons: [], changes: changesOf(paths, before, revision, fields) }];
  });
}
const OUTSIDE_STEPS = new Set(['submit', 'return', 'select', 'withdraw']);

interface Content {
  core: unknown;
  attrs: unknown;
}
function changesOf(paths: readonly string[], before: Content, after: Content, fields: FieldDirectory): Item['changes'] {
  return paths.flatMap((path) => {
    const entry = fields.get(path);
    if (!entry) return [];
    const [from, to] = [valueAt(before, path), valueAt(after, path)];
    return [{ path, titleZh: entry.titleZh, ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) }];
  });
}
function valueAt(content: Content, path: string) {
  const [part, name] = path.split('.') as ['core' | 'attrs', string];
  return (content[part] as JsonObject)[name];
}

/** Of another node's record this node knows the version it holds; its steps are told at home. */
async function replicaHistory(ctx: ServiceContext, id: string): Promise<RecordHistory> {
  const { replica, document, decision } = await readReplica(ctx, id, 'record.history');
  const labels: Label[] = [document.label, ...Object.values(document.labels)];
  if (aboveL1(labels)) await auditReplica(ctx, 'record.history', document, decision);
  const { rev, stage } = document;
  return { items: [{ rev, at: replica.receivedAt.toISOString(), verb: 'received', stage, byRole: 'node', changes: [], reasons: [] }] };
}
