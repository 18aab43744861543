import {
  AXIS_NAMES,
  join,
  PRESETS,
  raise,
  rank,
  SEALED,
  type FieldDirectory,
  type Label,
  type ProjectedDocument,
  type RecordDocument,
} from '@xiangjing/scenario-sdk';

/**
 * Where a label that satisfies its floors stands in the base table and in the egress table. Public safety and sensitive personal
 * data count as L4.
 */
export const BANDS = ['L1', 'L2', 'L3', 'L4', 'IMP', 'CORE'] as const;
export type Band = (typeof BANDS)[number];

export function bandOf({ level, safety, pi }: Label): Band {
  if (level === 'IMP' || level === 'CORE') return level;
  return safety === 'ps' || pi === 'spi' ? 'L4' : level;
}

/** Every axis is there with a word of its own. Anything less counts as top and is denied. */
export const isWholeLabel = (label: unknown): label is Label =>
  typeof label === 'object' &&
  label !== null &&
  AXIS_NAMES.every((axis) => Object.hasOwn(label, axis) && rank(axis, (label as Label)[axis]) >= 0);

/** What a damaged label counts as. */
export const TOP: Label = { level: 'CORE', pi: 'spi', safety: 'ps', share: 'N', open: 'oN' };
const wholeOrTop = (label: Label): Label => (isWholeLabel(label) ? label : TOP);

/** The name of a sole trader (USCC `92…`) is a person's name. */
const PERSONAL_NAME = raise(PRESETS.biz, { pi: 'pi' });
const isSoleTrader = (core: RecordDocument['core']): boolean => typeof core.ownerUscc === 'string' && core.ownerUscc.startsWith('92');

type Labelled = Pick<RecordDocument, 'core' | 'label' | 'fieldLabels'>;

/** A field's label without the record's: its schema's, raised by the author. A path that no schema knows is sealed. */
export function fieldLabel(doc: Labelled, path: string, fields: FieldDirectory): Label {
  const declared = fields.get(path)?.label ?? SEALED;
  const raised = Object.hasOwn(doc.fieldLabels, path) ? wholeOrTop(doc.fieldLabels[path]!) : declared;
  return path === 'core.ownerName' && isSoleTrader(doc.core) ? join(declared, raised, PERSONAL_NAME) : join(declared, raised);
}

/** Under which label a field stands: the join of its own and the record's own. */
export const effectiveLabel = (doc: Labelled, path: string, fields: FieldDirectory): Label =>
  join(wholeOrTop(doc.label), fieldLabel(doc, path, fields));

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** Paths that hold something. */
export const filledPaths = (doc: Pick<RecordDocument, 'core' | 'attrs'>): string[] =>
  (['core', 'attrs'] as const).flatMap((part) =>
    Object.keys(doc[part])
      .filter((name) => !isEmpty(doc[part][name]))
      .map((name) => `${part}.${name}`),
  );

/** The join over all fields that hold something: it governs acts on the whole, never what a catalogue shows. */
export const jointLabel = (doc: Labelled & Pick<RecordDocument, 'attrs'>, fields: FieldDirectory): Label =>
  join(wholeOrTop(doc.label), ...filledPaths(doc).map((path) => fieldLabel(doc, path, fields)));

/** The same of a document received: over the paths it holds, by the labels it declares. */
export const receivedJoint = (doc: ProjectedDocument): Label =>
  join(doc.label, ...filledPaths(doc as Pick<RecordDocument, 'core' | 'attrs'>).map((path) => doc.labels[path] ?? TOP));
