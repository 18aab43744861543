import {
  join,
  type FieldDirectory,
  type FieldEntry,
  type Json,
  type JsonObject,
  type Label,
  type ProjectedDocument,
  type RecordDocument,
} from '@xiangjing/scenario-sdk';
import { effectiveLabel, fieldLabel, isWholeLabel } from './labels.ts';
import { isMailboxOnly, mayLeave, rowOf, type Audience, type Shape } from './tier.ts';

/** A value that may go out under a path, and the effective label it goes under. */
export interface Piece {
  value: Json | undefined;
  label: Label;
}
type Head = Pick<ProjectedDocument, 'id' | 'kind' | 'rev' | 'stage' | 'suspended' | 'schema' | 'label'>;

/**
 * What of a record an audience may have, or null. It builds a new object up, field by field of the schema: nothing is ever deleted
 * from a full one, and a key that no schema knows has no way in.
 */
export function projectDocument(
  doc: RecordDocument,
  audience: Audience,
  using: { fields: FieldDirectory; descriptor: string | null },
): ProjectedDocument | null {
  const row = isWholeLabel(doc.label) ? rowOf(audience, doc.label) : null;
  if (row === null) return null;
  const { fields, descriptor } = using;
  const pieceOf = (entry: FieldEntry): Piece | null => {
    if (entry.personal || fieldLabel(doc, entry.path, fields).pi !== 'none') return null;
    const label = effectiveLabel(doc, entry.path, fields);
    if (entry.path === 'core.title' && rowOf(audience, label) === 'listed') return publicTitle(doc, label, fields);
    return { value: valueAt(doc, entry.path), label };
  };
  const withTitle = build(doc, { audience, shape: row, fields, pieceOf, descriptor, withheld: [] });
  if (row !== 'listed' || 'title' in withTitle.core) return withTitle;
  return build(doc, { audience, shape: 'stub', fields, pieceOf, descriptor, withheld: [] });
}

/** From L3 the title is a text of its own that the author wrote for outside; without one there is no title. */
function publicTitle(doc: RecordDocument, titleLabel: Label, fields: FieldDirectory): Piece | null {
  const value = valueAt(doc, 'core.publicTitle');
  if (typeof value !== 'string' || value.trim() === '' || fieldLabel(doc, 'core.publicTitle', fields).pi !== 'none') return null;
  return { value, label: join(titleLabel, effectiveLabel(doc, 'core.publicTitle', fields)) };
}

interface Plan {
  audience: Audience;
  shape: Shape;
  fields: FieldDirectory;
  /** Null: never leaves. */
  pieceOf(entry: FieldEntry): Piece | null;
  descriptor: string | null;
  /** Left out already by whoever the document came from. */
  withheld: readonly string[];
}

/** Adds up a projection from the pieces that may leave, and names what was left out, whether or not it has a value. */
export function build(head: Head, plan: Plan): ProjectedDocument {
  const { audience, shape, fields } = plan;
  const core: JsonObject = {};
  const attrs: JsonObject = {};
  const labels: { [path: string]: Label } = {};
  const withheld = new Set(plan.withheld);
  for (const entry of fields.values()) {
    const { path } = entry;
    const [part, name] = splitPath(path);
    if (name === undefined) continue;
    const piece = plan.pieceOf(entry);
    if (!piece || !mayLeave(audience, shape, path, piece.label)) {
      withheld.add(path);
      continue;
    }
    const value = isMailboxOnly(audience, path, piece.label) ? mailboxOf(piece.value) : piece.value;
    if (value === undefined || withheld.has(path)) continue;
    (part === 'core' ? core : attrs)[name] = value;
    labels[path] = piece.label;
  }
  const { id, kind, rev, stage, suspended, schema, label } = head;
  const descriptor = shape === 'full' ? plan.descriptor : null;
  return { id, kind, rev, stage, suspended, shape, core, attrs, schema, descriptor, label, labels, withheld: [...withheld].sort() };
}

function mailboxOf(contact: Json | undefined): JsonObject | undefined {
  if (typeof contact !== 'object' || contact === null || Array.isArray(contact)) return undefined;
  return typeof contact.mailbox === 'string' ? { mailbox: contact.mailbox } : undefined;
}

const PATH = /^(core|attrs)\.([A-Za-z][A-Za-z0-9_-]*)$/;
const FORBIDDEN = new Set(['constructor', 'prototype']);
type Split = readonly ['core' | 'attrs', string | undefined];
const split = new Map<string, Split>();
const MOST_SPLIT = 2_000;

/** Part and name of a path; no name for what is no path of a field. The same few hundred paths are asked for in every document. */
export function splitPath(path: string): Split {
  const known = split.get(path);
  if (known) return known;
  const [, part, name] = PATH.exec(path) ?? [];
  const made: Split = [part === 'attrs' ? 'attrs' : 'core', name === undefined || FORBIDDEN.has(name) ? undefined : name];
  if (split.size >= MOST_SPLIT) split.clear(); // paths may come from outside, and must not fill the memory
  split.set(path, made);
  return made;
}

/** The value under a path, own properties only. */
export function valueAt(doc: { core: { [name: string]: unknown }; attrs: { [name: string]: unknown } }, path: string): Json | undefined {
  const [part, name] = splitPath(path);
  return name !== undefined && Object.hasOwn(doc[part], name) ? (doc[part][name] as Json) : undefined;
}
