import { checkEgress } from '@xiangjing/authorization';
import {
  atLeast,
  Envelope,
  ENVELOPE_MAX_BYTES,
  join,
  labelText,
  sameLabel,
  type FieldDirectory,
  type Issue,
  type ProjectedDocument,
  type RecordDocument,
  type View,
} from '@xiangjing/scenario-sdk';

export interface GuardedEvent {
  bytes: Buffer;
  view: View;
  /** The record as the node holds it now: labels are read here, and not from what the projection made of them. */
  record: RecordDocument;
  fields: FieldDirectory;
}
/** Faults of an event about to be signed; none lets it pass. */
export type Guard = (event: GuardedEvent) => Issue[];

const issue = (pointer: string, code: Issue['code'], message: string): Issue => ({
  pointer,
  code,
  message,
  remedy: 'nothing was sent; compare projection and labels of this record, then run the blocked events again',
});

/**
 * Looks at the finished bytes with eyes of its own, so that a mistake in the projection meets a second check: closed schema,
 * size, the record's own label, and every path known, labelled no lower than schema, author and record demand, and within the
 * view. Messages name paths and labels, never a value.
 */
export const guardEvent: Guard = ({ bytes, view, record, fields }) => {
  if (bytes.length > ENVELOPE_MAX_BYTES)
    return [issue('', 'EVENT_TOO_LARGE', `the event has ${bytes.length} bytes, at most ${ENVELOPE_MAX_BYTES}`)];
  const envelope = Envelope.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!envelope.success) {
    const { path, code } = envelope.error.issues[0]!;
    return [issue(`/${path.join('/')}`, 'GUARD_BLOCKED', `not of the closed schema (${code})`)];
  }
  if (!envelope.data.type.endsWith('.upserted.v1')) return [];
  const doc = envelope.data.data as ProjectedDocument;
  return [...identityIssues(doc, record), ...pathIssues(doc, record, fields), ...checkEgress(doc, view, record, fields)];
};

function identityIssues(doc: ProjectedDocument, record: RecordDocument): Issue[] {
  const differs = (['id', 'kind', 'rev', 'stage', 'suspended', 'schema'] as const).filter((name) => doc[name] !== record[name]);
  const issues = differs.map((name) => issue(`/data/${name}`, 'GUARD_BLOCKED', `is not that of the record`));
  return sameLabel(doc.label, record.label)
    ? issues
    : [...issues, issue('/data/label', 'LABEL_LOWERING', 'is not the own label of the record')];
}

function pathIssues(doc: ProjectedDocument, record: RecordDocument, fields: FieldDirectory): Issue[] {
  const paths = [...Object.keys(doc.core).map((name) => `core.${name}`), ...Object.keys(doc.attrs).map((name) => `attrs.${name}`)];
  return paths.flatMap((path) => {
    const pointer = `/data/${path.replace('.', '/')}`;
    const [field, declared] = [fields.get(path), doc.labels[path]];
    if (!field) return [issue(pointer, 'GUARD_BLOCKED', 'no schema here knows this path')];
    if (!declared) return [issue(pointer, 'UNLABELLED', 'goes without its label')];
    const raised = record.fieldLabels[path];
    const due = join(record.label, field.label, ...(raised ? [raised] : []));
    return atLeast(declared, due) ? [] : [issue(pointer, 'LABEL_LOWERING', `is labelled ${labelText(declared)}, due is ${labelText(due)}`)];
  });
}
