import { floored, type Label, type ProjectedDocument, type View } from '@xiangjing/scenario-sdk';
import { bandOf, isWholeLabel, type Band } from './labels.ts';

/** Who gets a projection: the province's catalogue, another city, a verified enterprise, anybody. */
export const AUDIENCES = ['province', 'city', 'enterprise', 'public'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const AUDIENCE_OF_VIEW: Readonly<Record<View, Audience>> = { up: 'province', peer: 'city', down: 'city', public: 'public' };

export type Shape = ProjectedDocument['shape'];

/**
 * What may leave a node. The record's own label picks its shape here, and then each field its own row: a field goes out only if
 * the row of its effective label has it too. The rows are read twice, at the sender and at the receiver.
 */
const EGRESS: Readonly<Record<Audience, Readonly<Record<Band, Shape | null>>>> = {
  province: { L1: 'full', L2: 'full', L3: 'listed', L4: 'stub', IMP: null, CORE: null },
  city: { L1: 'full', L2: 'full', L3: null, L4: null, IMP: null, CORE: null },
  enterprise: { L1: 'full', L2: 'full', L3: null, L4: null, IMP: null, CORE: null },
  public: { L1: 'full', L2: 'summary', L3: null, L4: null, IMP: null, CORE: null },
};

/** From small to large. Listed and summary never meet: no label gives one audience the first and another the second. */
const SIZES: readonly Shape[] = ['stub', 'listed', 'summary', 'full'];
export const smaller = (a: Shape, b: Shape): Shape => (SIZES.indexOf(a) <= SIZES.indexOf(b) ? a : b);

const STUB = ['core.domains', 'core.ownerUscc', 'core.ownerName'];
const LISTED = [...STUB, 'core.title', 'core.responsibleUnit', 'core.roleContact'];
const PATHS: Readonly<Record<Exclude<Shape, 'full'>, ReadonlySet<string>>> = {
  stub: new Set(STUB),
  listed: new Set(LISTED),
  summary: new Set(['core.title', 'core.summary']),
};
const has = (shape: Shape, path: string): boolean => shape === 'full' || PATHS[shape].has(path);

/** The row of a label for an audience: how much of what bears it may leave. Null: nothing, as if it were not there. */
export function rowOf(audience: Audience, label: Label): Shape | null {
  if (!isWholeLabel(label) || !Object.hasOwn(EGRESS, audience)) return null;
  const whole = floored(label);
  const row = EGRESS[audience][bandOf(whole)];
  if (row === null) return null;
  if ((audience === 'enterprise' || audience === 'public') && whole.open === 'oN') return null;
  if (whole.pi === 'none' || row === 'stub') return row;
  return audience === 'province' ? 'stub' : null; // personal data: never a field, at most that the record is there
}

/** A field under this effective label may be part of a document of this shape for this audience. */
export function mayLeave(audience: Audience, shape: Shape, path: string, effective: Label): boolean {
  const row = rowOf(audience, effective);
  return row !== null && has(shape, path) && has(row, path);
}

/** From L3 the office contact is reduced to its mailbox. */
export const isMailboxOnly = (audience: Audience, path: string, effective: Label): boolean =>
  path === 'core.roleContact' && rowOf(audience, effective) === 'listed';
