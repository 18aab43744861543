import { effectiveLabel, MASKED, projectDocument, type Audience } from '@xiangjing/authorization';
import { listedRecordDelete, listedRecordUpsert, type ListedRow, type Statement, type Tx } from '@xiangjing/db';
import { isViewed, type DomainCode, type ProjectedDocument, type RecordDocument, type Stage } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { dayFrom } from '../kernel/dates.ts';
import { leadDomain, textIn } from './record-content.ts';
import { documentOf, type RecordRow } from './record-row.ts';

/** Keeps the list row of an own record in step, in the verb's transaction. */
export async function keepListed(tx: Tx, ctx: ServiceContext, row: RecordRow): Promise<void> {
  await run(tx, await listedRecordUpsert(listedRowOf(ctx, row)));
}
export const dropListed = (tx: Tx, id: string): Promise<void> => run(tx, listedRecordDelete(id));

async function run(tx: Tx, { text, values }: Statement): Promise<void> {
  await tx.$executeRawUnsafe(text, ...values);
}

export function listedRowOf(ctx: ServiceContext, row: RecordRow): ListedRow {
  const doc = documentOf(row);
  const { outside, shape } = outsideOf(ctx, row, doc);
  return {
    id: row.id,
    origin: ctx.node.adcode,
    kind: row.kind,
    rev: Number(row.rev),
    stage: row.stage,
    suspended: row.suspended,
    viewed: isViewed(row.stage as Stage),
    shape,
    title: listedText(doc, 'title', ctx),
    summary: listedText(doc, 'summary', ctx),
    outsideTitle: outside ? titleOf(outside) : '',
    outsideSummary: outside ? summaryOf(outside) : '',
    domain: row.domain,
    domains: row.domains,
    scenarioTypes: (doc.core.scenarioTypes ?? []) as string[],
    region: row.region,
    scenarioKind: row.scenarioKind ?? '',
    ownerUscc: row.ownerUscc,
    ownerName: textIn(doc.core, 'ownerName'),
    level: row.level,
    pi: row.pi,
    safety: row.safety,
    share: row.share,
    open: row.open,
    jointLevel: row.jointLevel,
    jointPi: row.jointPi,
    jointSafety: row.jointSafety,
    jointShare: row.jointShare,
    jointOpen: row.jointOpen,
    classified: row.classified,
    facets: {},
    firstPublishedOn: dayFrom(row.firstPublishedOn),
    responseDeadline: textIn(doc.core, 'responseDeadline') || null,
    validUntil: textIn(doc.core, 'validUntil') || null,
    changedAt: row.updatedAt,
    receivedAt: null,
  };
}

/** Text that is personal data by its label stands in no list and no search index, its owner's included. */
function listedText(doc: RecordDocument, name: string, ctx: ServiceContext): string {
  const domain = leadDomain(doc.core);
  const { pi } = effectiveLabel(doc, `core.${name}`, ctx.plugins.fields(doc.kind, domain as DomainCode));
  return pi === 'none' ? textIn(doc.core, name) : MASKED;
}

export const titleOf = (doc: Pick<ProjectedDocument, 'core'>): string => textIn(doc.core, 'title') || textIn(doc.core, 'publicTitle');
export const summaryOf = (doc: Pick<ProjectedDocument, 'core'>): string => textIn(doc.core, 'summary') || textIn(doc.core, 'publicSummary');

/** From the narrowest audience to the widest. */
const AUDIENCES: readonly Audience[] = ['public', 'enterprise', 'city', 'province'];

/**
 * What those see who have a projection only: one text for all of them, so it is that of the narrowest audience which has the record
 * at all. The shape is that of the widest, and smaller where the author raised a field that the list shows in a column.
 */
function outsideOf(
  ctx: ServiceContext,
  row: RecordRow,
  doc: RecordDocument,
): { outside: ProjectedDocument | undefined; shape: ListedRow['shape'] } {
  const made = AUDIENCES.map((audience) => project(ctx, row.domain, doc, audience)).filter((d) => d !== null);
  const widest = made.at(-1);
  if (!widest) return { outside: undefined, shape: 'stub' };
  const narrowestAlike = made.find((d) => d.shape === widest.shape)!;
  const hides = (names: readonly string[]) => names.some((name) => name in doc.core && !(name in narrowestAlike.core));
  const shape = hides(['domains', 'ownerUscc', 'ownerName'])
    ? 'summary'
    : widest.shape === 'full' && hides(IN_COLUMNS)
      ? 'listed'
      : widest.shape;
  return { outside: made[0], shape };
}
const IN_COLUMNS = ['region', 'scenarioTypes', 'scenarioKind', 'responseDeadline', 'validUntil'];

export function project(ctx: ServiceContext, domain: string, doc: RecordDocument, audience: Audience): ProjectedDocument | null {
  const code = domain as DomainCode;
  return projectDocument(doc, audience, {
    fields: ctx.plugins.fields(doc.kind, code),
    descriptor: ctx.plugins.descriptor(code)?.digest ?? null,
  });
}
