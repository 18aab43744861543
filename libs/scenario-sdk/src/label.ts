import { z } from 'zod';

/**
 * A data label: how a value is classified, axis by axis. Values of an axis are ordered; the last is the strictest.
 * Source: GB/T 43697-2024 (level), TC260-PG-20212A (pi), Decree 809 of 2025 (share), open data rules (open).
 */
export const LEVELS = ['L1', 'L2', 'L3', 'L4', 'IMP', 'CORE'] as const;
export const PI = ['none', 'pi', 'spi'] as const;
export const SAFETY = ['ordinary', 'ps'] as const;
export const SHARE = ['U', 'C', 'N'] as const;
export const OPEN = ['oU', 'oC', 'oN'] as const;

export const Label = z
  .strictObject({
    level: z.enum(LEVELS),
    pi: z.enum(PI),
    safety: z.enum(SAFETY),
    share: z.enum(SHARE),
    open: z.enum(OPEN),
  })
  .meta({ id: 'Label' });
export type Label = z.infer<typeof Label>;
export type Level = Label['level'];

/** The ordered values of each axis: the rank of a value is its position. */
export const AXES = { level: LEVELS, pi: PI, safety: SAFETY, share: SHARE, open: OPEN } as const;
export type Axis = keyof typeof AXES;
export const AXIS_NAMES = Object.keys(AXES) as Axis[];

const RANKS = Object.fromEntries(
  AXIS_NAMES.map((axis) => [axis, new Map<string, number>(AXES[axis].map((value, place) => [value, place]))]),
) as Record<Axis, Map<string, number>>;
export const rank = (axis: Axis, value: string): number => RANKS[axis].get(value) ?? -1;

/** A record created without a label, until its owner classifies it: `L4/-/-/N/oN`. */
export const SEALED: Label = { level: 'L4', pi: 'none', safety: 'ordinary', share: 'N', open: 'oN' };

/** Presets of the plug-in guide; add floors with {@link raise}. */
export const PRESETS = {
  pub: { level: 'L1', pi: 'none', safety: 'ordinary', share: 'U', open: 'oU' },
  biz: { level: 'L2', pi: 'none', safety: 'ordinary', share: 'U', open: 'oC' },
  lim: { level: 'L3', pi: 'none', safety: 'ordinary', share: 'C', open: 'oN' },
  top: { level: 'L4', pi: 'none', safety: 'ordinary', share: 'C', open: 'oN' },
} as const satisfies Record<string, Label>;

/** What a value on one axis demands at least on the others. */
const FLOORS: { when: Partial<Label>; least: Partial<Label> }[] = [
  { when: { level: 'L2' }, least: { open: 'oC' } },
  { when: { level: 'L3' }, least: { open: 'oN' } },
  { when: { level: 'L4' }, least: { share: 'C' } },
  { when: { pi: 'pi' }, least: { level: 'L2' } },
  { when: { pi: 'spi' }, least: { level: 'L4' } },
  { when: { safety: 'ps' }, least: { level: 'L3' } },
  { when: { share: 'C' }, least: { level: 'L2' } },
  { when: { share: 'N' }, least: { level: 'L4' } },
  { when: { open: 'oC' }, least: { level: 'L2' } },
];

const higher = <A extends Axis>(axis: A, a: Label[A], b: Label[A]): Label[A] => (rank(axis, a) >= rank(axis, b) ? a : b);

const maximum = (a: Label, b: Label): Label => ({
  level: higher('level', a.level, b.level),
  pi: higher('pi', a.pi, b.pi),
  safety: higher('safety', a.safety, b.safety),
  share: higher('share', a.share, b.share),
  open: higher('open', a.open, b.open),
});

const reaches = (label: Label, bound: Partial<Label>): boolean =>
  (Object.entries(bound) as [Axis, string][]).every(([axis, value]) => rank(axis, label[axis]) >= rank(axis, value));

const known = new Map<string, Label>();

/** The least label over `label` that satisfies every floor. There are 324 labels and this is asked for every field of every event. */
export function floored(label: Label): Label {
  const text = labelText(label);
  let found = known.get(text);
  if (!found) known.set(text, (found = Object.freeze(fixedPoint(label))));
  return found;
}

function fixedPoint(label: Label): Label {
  const next = FLOORS.filter((f) => reaches(label, f.when)).reduce((l, f) => maximum(l, { ...l, ...f.least }), label);
  return sameLabel(next, label) ? { ...label } : fixedPoint(next);
}

/** Maximum per axis, then floors: idempotent, commutative, associative. */
export const join = (...labels: [Label, ...Label[]]): Label => floored(labels.reduce(maximum));

/** A preset with some axes raised: `raise(PRESETS.lim, { safety: 'ps' })`. */
export const raise = (label: Label, more: Partial<Label>): Label => join(label, { ...label, ...more });

export const sameLabel = (a: Label, b: Label): boolean => AXIS_NAMES.every((axis) => a[axis] === b[axis]);

/** True if no axis of `a` lies below the same axis of `b`. */
export const atLeast = (a: Label, b: Label): boolean => reaches(a, b);

/** True if the label satisfies its own floors. */
export const isFloored = (label: Label): boolean => sameLabel(label, floored(label));

/** Short form used in texts and logs: `L3/-/ps/C/oN`. */
export const labelText = (l: Label): string =>
  `${l.level}/${l.pi === 'none' ? '-' : l.pi}/${l.safety === 'ordinary' ? '-' : l.safety}/${l.share}/${l.open}`;
