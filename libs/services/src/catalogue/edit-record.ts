import {
  DomainError,
  isViewed,
  pointerTo,
  type Issue,
  type JsonObject,
  type Label,
  type LifecycleVerb,
  type Stage,
} from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { inputError, parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { getRecord } from './get-record.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, changeRecord, intentOf } from './change-record.ts';
import { derivedCore } from './derived-core.ts';
import { askRules, wholeOrThrow } from './gates.ts';
import { activeOwnerOrThrow, nextStageOrThrow, recordForChange } from './internal.ts';
import { contentColumns, coreIssues, keyIssues, leadDomain, merged, sameJson, type Content } from './record-content.ts';
import { documentOf, type RecordRow } from './record-row.ts';
import { isMaskOf, maskIssues } from './masked-values.ts';
import { EditRecordInput, type RecordView } from './schemas.ts';
import { viewOf } from './view.ts';

/** Changes the fields given and no other. Before publication it is an edit; after it an amendment, which must leave the record whole. */
export async function editRecord(ctx: ServiceContext, raw: EditRecordInput): Promise<RecordView> {
  authorise(ctx, 'record.edit');
  const input = parse(EditRecordInput, raw);
  return inTransaction(ctx, { action: 'record.edit', input, again: ({ id }) => getRecord(ctx, { id }) }, async (tx) => {
    const { row: before, decision, role, moving, verb } = await recordForChange(tx, ctx, input, verbFor);
    const stage = nextStageOrThrow(ctx, before, moving, verb);
    const owner = await activeOwnerOrThrow(tx, before.ownerUscc);
    const content = contentOrThrow(ctx, before, { core: input.core as JsonObject, attrs: input.attrs as JsonObject });
    content.core = await derivedCore(tx, ctx, { ...content, before: documentOf(before).core }, owner);
    const unchecked =
      verb === 'amend' ? await wholeOrThrow(ctx, content, 'publish', stage) : (await askRules(ctx, content, stage)).unchecked;
    const after = await changeRecord(tx, ctx, before, { verb, role, data: { ...contentColumns(ctx, content), unchecked } });
    await writeAudit(tx, ctx, {
      action: 'record.edit',
      subject: decision.subject,
      obligations: decision.obligations,
      ...auditOf(verb, before, after),
    });
    await writeIntent(tx, ctx, intentOf(verb, after));
    return viewOf(tx, ctx, after);
  });
}

const verbFor = (row: RecordRow): LifecycleVerb => (isViewed(row.stage as Stage) && row.stage !== 'retired' ? 'amend' : 'edit');

/** The record with the fields given; all faults at once. Attributes that this node's schema does not know stay as they are. */
function contentOrThrow(ctx: ServiceContext, row: RecordRow, input: { core: JsonObject; attrs: JsonObject }): Content {
  const doc = documentOf(row);
  const given = { core: changing(input.core, doc.core), attrs: changing(input.attrs, doc.attrs) };
  const core = merged(doc.core, given.core);
  const domain = leadDomain(core);
  const masked = [...maskIssues('/core', given.core), ...maskIssues('/attrs', given.attrs)];
  const faults = [
    ...ownerIssues(given.core),
    ...keyIssues(ctx, doc.kind, { ...given, core: without(given.core, 'ownerUscc') }, domain),
    ...(core.domains === undefined ? [NO_DOMAIN] : []),
    ...coreIssues(ctx, doc.kind, core, 'draft'),
    ...(domain ? ctx.plugins.parseDraft(domain, doc.kind, given.attrs) : []),
  ];
  const issues = [...masked, ...faults.filter(({ pointer }) => !masked.some((mask) => mask.pointer === pointer))];
  if (issues.length > 0) throw inputError(issues);
  if (row.firstPublishedOn !== null && 'scenarioKind' in given.core) throw kindFrozen();
  const kept = domain === row.domain ? doc : { attrs: {}, schema: 0, fieldLabels: coreLabels(doc.fieldLabels) };
  const own = (domain && ctx.plugins.descriptor(domain)?.schema) ?? 0;
  const attrs = merged(kept.attrs, given.attrs);
  return { kind: doc.kind, core, attrs, schema: Math.max(kept.schema, own), label: doc.label, fieldLabels: kept.fieldLabels };
}

/** What really changes: a value that stands there already, or comes back as it was shown masked, is no change. */
const changing = (given: JsonObject, present: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !sameJson(value, present[name] ?? null) && !isMaskOf(value, present[name])),
  );

const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

const NO_DOMAIN: Issue = { pointer: '/core/domains', code: 'FIELD_MISSING', message: '领域不能清空', remedy: '至少留一个领域' };

function ownerIssues(given: JsonObject): Issue[] {
  if (!('ownerUscc' in given)) return [];
  const message = '单位在新建时确定，不能修改';
  return [{ pointer: pointerTo('/core', ['ownerUscc']), code: 'MASS_ASSIGNMENT', message, remedy: '去掉 ownerUscc' }];
}

/** Labels of a former domain's attributes go with those attributes. */
const coreLabels = (labels: Record<string, Label>): Record<string, Label> =>
  Object.fromEntries(Object.entries(labels).filter(([path]) => path.startsWith('core.')));

const kindFrozen = (): DomainError =>
  new DomainError('KIND_FROZEN', '场景类别在首次发布时定下，不能再改', {
    remedy: '去掉 scenarioKind；确要换类别，请另建一条记录',
    issues: [{ pointer: '/core/scenarioKind', code: 'KIND_FROZEN', message: '场景类别已定', remedy: '去掉这一项' }],
  });
