import { effectiveLabel, maskDocument } from '@xiangjing/authorization';
import type { Tx } from '@xiangjing/db';
import {
  join,
  rank,
  type DomainCode,
  type FieldDirectory,
  type JsonObject,
  type Kind,
  type Label,
  type ProjectedDocument,
  type Stage,
} from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { dayFrom, dayOf } from '../kernel/dates.ts';
import { holderOf } from './holder.ts';
import { movingOf, verbsOfCaller } from './internal.ts';
import { titleOf } from './listed-row.ts';
import { textIn } from './record-content.ts';
import { documentOf, type RecordRow } from './record-row.ts';
import type { RecordView } from './schemas.ts';
import { decideOn, sightOf, type Sight } from './sight.ts';

/** What is shown of a record, whoever's it is: the whole with its masks, or a projection. */
export type Shown = Pick<RecordView, 'shape' | 'title' | 'core' | 'attrs' | 'label' | 'labels' | 'withheld' | 'owner'>;

/** A record of this node as this caller sees it, with what the caller may do with it. */
export async function viewOf(tx: Tx, ctx: ServiceContext, row: RecordRow, sight: Sight = sightOf(ctx, row)): Promise<RecordView> {
  const shown = shownOf(ctx, row, sight);
  const moving = await movingOf(tx, row);
  const classify = decideOn(ctx, row, { action: 'record.classify' }).effect === 'allow' ? ['classify'] : [];
  return {
    id: row.id,
    kind: row.kind as Kind,
    origin: ctx.node.adcode,
    rev: Number(row.rev),
    stage: row.stage as Stage,
    suspended: row.suspended,
    ...shown,
    schema: row.attrsSchema,
    classified: row.classified,
    unchecked: row.unchecked,
    holder: holderOf(row.stage as Stage, shown),
    verbs: [...verbsOfCaller(ctx, row, moving), ...classify],
    provenance: { view: null, receivedAt: null, heardAt: null, verified: true, digest: null },
    firstPublishedOn: dayFrom(row.firstPublishedOn),
    stageDates: await stageDates(tx, row, sight),
    changedAt: row.updatedAt.toISOString(),
  };
}

function shownOf(ctx: ServiceContext, row: RecordRow, sight: Sight): Shown {
  const doc = documentOf(row);
  const fields = ctx.plugins.fields(doc.kind, row.domain as DomainCode);
  const effective = (path: string) => effectiveLabel(doc, path, fields);
  if (sight.part === 'projection') return shownOfDocument(sight.document, fields, effective);
  if (sight.part === 'none') return NOTHING;
  const { core, attrs, masked } = maskDocument(doc, sight.decision.mask, fields);
  const known = Object.fromEntries(Object.entries(attrs).filter(([name]) => fields.has(`attrs.${name}`)));
  const paths = [...Object.keys(core).map((name) => `core.${name}`), ...Object.keys(known).map((name) => `attrs.${name}`)];
  return {
    shape: 'full',
    title: textIn(core, 'title'),
    core,
    attrs: known,
    label: doc.label,
    labels: Object.fromEntries(paths.map((path) => [path, effective(path)])),
    withheld: withheldOf(masked, fields, effective),
    owner: ownerOf(core),
  };
}

/** A projection as it is shown: `labelOf` gives the label of a path that was left out. */
export function shownOfDocument(doc: ProjectedDocument, fields: FieldDirectory, labelOf = labelIn(doc, fields)): Shown {
  const core = doc.core as JsonObject;
  return {
    shape: doc.shape,
    title: titleOf(doc),
    core,
    attrs: doc.attrs,
    label: doc.shape === 'full' ? doc.label : null,
    labels: doc.labels,
    withheld: withheldOf(doc.withheld, fields, labelOf),
    owner: ownerOf(core),
  };
}

const labelIn =
  (doc: ProjectedDocument, fields: FieldDirectory) =>
  (path: string): Label =>
    join(doc.label, fields.get(path)?.label ?? doc.label);

/** What is shown of a record of which this caller may see nothing. */
export const NOTHING: Shown = {
  shape: 'stub',
  title: '',
  core: {},
  attrs: {},
  label: null,
  labels: {},
  withheld: [],
  owner: { uscc: '', name: '' },
};

const ownerOf = (core: JsonObject) => ({ uscc: textIn(core, 'ownerUscc'), name: textIn(core, 'ownerName') });

/** Kinds up to L2 are named, with the way to get them; nothing hints at what lies above. */
function withheldOf(paths: readonly string[], fields: FieldDirectory, labelOf: (path: string) => Label): RecordView['withheld'] {
  return paths.flatMap((path) => {
    const entry = fields.get(path);
    const label = labelOf(path);
    if (!entry || rank('level', label.level) > rank('level', 'L2') || label.safety !== 'ordinary') return [];
    const personal = entry.personal || label.pi !== 'none';
    return [{ path, titleZh: entry.titleZh, level: label.level === 'L1' ? 'L1' : 'L2', personal, howZh: howToGet(label, personal) }];
  });
}

function howToGet(label: Label, personal: boolean): string {
  if (personal) return '含个人信息，双方确认对接意向后可见';
  return label.open === 'oC' ? '分级 L2，有条件开放，企业核验并登录后可见' : '不向社会开放，向归属单位申请后可见';
}

/** Stage → day first reached. What came before the record was submitted is the owner's. */
async function stageDates(tx: Tx, row: RecordRow, sight: Sight): Promise<Record<string, string>> {
  const revisions = await tx.recordRevision.findMany({
    where: { recordId: row.id },
    select: { stage: true, at: true },
    orderBy: { rev: 'desc' },
  });
  const dates = Object.fromEntries(revisions.map(({ stage, at }) => [stage, dayOf(at)]));
  if (sight.part === 'body') return dates;
  const { draft: _draft, returned: _returned, ...outside } = dates;
  return outside;
}
