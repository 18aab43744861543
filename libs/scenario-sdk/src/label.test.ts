import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, AXES, floored, isFloored, join, Label, labelText, PRESETS, raise, rank, sameLabel, SEALED } from './label.ts';

const ALL: Label[] = AXES.level.flatMap((level) =>
  AXES.pi.flatMap((pi) =>
    AXES.safety.flatMap((safety) => AXES.share.flatMap((share) => AXES.open.map((open) => ({ level, pi, safety, share, open })))),
  ),
);
const label = fc.constantFrom(...ALL);

/** The floors as the database states them, written down a second time. */
function holds(l: Label): boolean {
  const [level, pi, safety, share, open] = [
    rank('level', l.level),
    rank('pi', l.pi),
    rank('safety', l.safety),
    rank('share', l.share),
    rank('open', l.open),
  ];
  return (
    (level < 1 || open >= 1) &&
    (level < 2 || open >= 2) &&
    (level < 3 || share >= 1) &&
    (pi < 1 || level >= 1) &&
    (pi < 2 || level >= 3) &&
    (safety < 1 || level >= 2) &&
    (share < 1 || level >= 1) &&
    (share < 2 || level >= 3) &&
    (open < 1 || level >= 1)
  );
}
const FLOORED = ALL.filter(holds);

describe('floors', () => {
  it('are met exactly by the labels that the database accepts', () => {
    expect(ALL).toHaveLength(324);
    expect(ALL.filter(isFloored)).toEqual(FLOORED);
  });
  it('give, for all 324 labels, the least label above that holds, and nothing more the second time', () => {
    const wrong = ALL.filter((l) => {
      const up = floored(l);
      const least = FLOORED.filter((other) => atLeast(other, l)).every((other) => atLeast(other, up));
      return !holds(up) || !sameLabel(floored(up), up) || !atLeast(up, l) || !least;
    });
    expect(wrong.map(labelText)).toEqual([]);
  });
  it.each([
    ['L1/-/-/U/oU', {}, 'L1/-/-/U/oU'],
    ['L1/pi/-/U/oU', { pi: 'pi' }, 'L2/pi/-/U/oC'],
    ['L1/spi/-/U/oU', { pi: 'spi' }, 'L4/spi/-/C/oN'],
    ['L1/-/ps/U/oU', { safety: 'ps' }, 'L3/-/ps/U/oN'],
    ['L1/-/-/N/oU', { share: 'N' }, 'L4/-/-/N/oN'],
    ['L1/-/-/U/oC', { open: 'oC' }, 'L2/-/-/U/oC'],
  ] as const)('%s rises to its floors', (_text, more, expected) => expect(labelText(raise(PRESETS.pub, more))).toBe(expected));
});

describe('join', () => {
  it('is a semilattice: idempotent, commutative, associative, and the least upper bound', () => {
    fc.assert(
      fc.property(label, label, label, (a, b, c) => {
        expect(join(a, a)).toEqual(floored(a));
        expect(join(a, b)).toEqual(join(b, a));
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
        expect(join(a, b, c)).toEqual(join(join(a, b), c));
        expect(atLeast(join(a, b), a) && atLeast(join(a, b), b)).toBe(true);
        const above = FLOORED.filter((l) => atLeast(l, a) && atLeast(l, b));
        expect(above.every((l) => atLeast(l, join(a, b)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
  it('would not be one without the floors at the end', () => {
    const bare = join(PRESETS.lim, { ...PRESETS.pub, share: 'N' });
    expect(bare.level).toBe('L4');
  });
});

describe('labels at hand', () => {
  it('satisfy their own floors', () => {
    for (const l of [SEALED, ...Object.values(PRESETS)]) expect(isFloored(l)).toBe(true);
    expect(labelText(SEALED)).toBe('L4/-/-/N/oN');
    expect(labelText(raise(PRESETS.lim, { safety: 'ps' }))).toBe('L3/-/ps/C/oN');
  });
  it('are read whole or not at all', () => {
    expect(Label.safeParse({ ...SEALED, category: 'x' }).success).toBe(false);
    expect(Label.safeParse({ level: 'L1', pi: 'none', safety: 'ordinary', share: 'U' }).success).toBe(false);
    expect(sameLabel(SEALED, { ...SEALED })).toBe(true);
  });
});
