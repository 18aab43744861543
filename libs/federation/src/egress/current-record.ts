import type { Queryable } from '@xiangjing/db';
import {
  AXES,
  AXIS_NAMES,
  isViewed,
  type Json,
  type JsonObject,
  type Label,
  type RecordDocument,
  type RetractReason,
  type View,
} from '@xiangjing/scenario-sdk';

interface RecordRow {
  id: string;
  kind: RecordDocument['kind'];
  rev: number;
  stage: RecordDocument['stage'];
  suspended: boolean;
  owner_uscc: string;
  owner_name: string | null;
  domain: string;
  scenario_kind: string | null;
  core: JsonObject;
  attrs: JsonObject;
  attrs_schema: number;
  field_labels: { [path: string]: Label };
  level: number;
  pi: number;
  safety: number;
  share: number;
  open: number;
}
export interface CurrentRecord {
  doc: RecordDocument;
  domain: string;
}

/** Records as they stand in this transaction, with what is derived of their owner. */
export async function readCurrentRecords(client: Queryable, ids: readonly string[]): Promise<Map<string, CurrentRecord>> {
  const { rows } = await client.query<RecordRow>(
    `select r.id, r.kind, r.rev, r.stage, r.suspended, r.owner_uscc, o.name as owner_name, r.domain, r.scenario_kind, r.core, r.attrs,
       r.attrs_schema, r.field_labels, r.level, r.pi, r.safety, r.share, r.open
     from record r left join organisation o on o.uscc = r.owner_uscc where r.id = any ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { doc: documentOf(row), domain: row.domain }]));
}

function documentOf(row: RecordRow): RecordDocument {
  const derived: { [name: string]: Json } = { ownerUscc: row.owner_uscc };
  if (row.owner_name !== null) derived.ownerName = row.owner_name;
  if (row.scenario_kind !== null) derived.scenarioKind = row.scenario_kind;
  const { id, kind, rev, stage, suspended, attrs } = row;
  const core = { ...row.core, ...derived };
  return {
    id,
    kind,
    rev: Number(rev),
    stage,
    suspended,
    core,
    attrs,
    schema: row.attrs_schema,
    label: labelOf(row),
    fieldLabels: row.field_labels,
  };
}

/** Label columns hold ranks. */
const labelOf = (row: RecordRow): Label => Object.fromEntries(AXIS_NAMES.map((axis) => [axis, AXES[axis][row[axis]]])) as Label;

/** Why the view does not hold this record as it stands, or null if it does. On `up` a suspended record stays, with its mark. */
export function absenceOf(doc: RecordDocument | undefined, view: View): RetractReason | null {
  if (!doc || doc.stage === 'withdrawn') return 'withdrawn';
  if (!isViewed(doc.stage)) return 'reopened';
  return doc.suspended && view !== 'up' ? 'suspended' : null;
}
