import { expect, test } from 'vitest';
import { decideRepair, type Standing } from './decide-repair.ts';

const event = { rev: 5, seq: 50, digest: 'sent' };
const whole: Standing = { stored: { rev: 5, seq: 50, digest: 'sent', isGenuine: true }, shownRev: 5, receivedRev: 5, isWhole: true };
const stored = (more: object): Standing => ({ ...whole, stored: { ...whole.stored!, ...more } });

test.each<[string, Standing, ReturnType<typeof decideRepair>]>([
  ['all in order', whole, 'nothing'],
  ['the bytes are lost', { ...whole, stored: null, shownRev: 0 }, 'restored'],
  ['what is read from them is lost', { ...whole, shownRev: 0, isWhole: false }, 'restored'],
  ['an older revision stands here', { ...stored({ rev: 4, seq: 40 }), shownRev: 4 }, 'restored'],
  ['the bytes were altered', stored({ isGenuine: false }), 'replaced'],
  ['altered, with a number of their own', stored({ isGenuine: false, seq: 99, digest: 'x' }), 'replaced'],
  ['a later event of this revision was signed', stored({ digest: 'x', seq: 49 }), 'replaced'],
  ['a newer revision stands here', stored({ rev: 6, seq: 60 }), 'nothing'],
  ['a newer one, altered', stored({ rev: 6, isGenuine: false }), 'nothing'],
  ['a newer one is shown', { ...whole, stored: null, shownRev: 6 }, 'nothing'],
])('%s', (_, standing, decision) => {
  expect(decideRepair(standing, event)).toEqual(decision);
});

test('an older event than once received, or than held of this revision, is refused: a carrier may have chosen it', () => {
  const lost = { ...whole, stored: null, shownRev: 0, receivedRev: 6 };
  expect(decideRepair(lost, event)).toEqual({ refused: 'revision 6 was received before, this is 5' });
  expect(decideRepair(stored({ digest: 'x', seq: 51 }), event)).toMatchObject({ refused: expect.stringContaining('51') });
});
