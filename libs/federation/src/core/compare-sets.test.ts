import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareItems, differingBuckets, type HeldItem } from './compare-sets.ts';
import { bucketOf, bucketsOf, type SetItem } from './set-digest.ts';

const sentItem = (id: string, rev: number, digest = `d${rev}`): SetItem => ({ id, rev, digest });
const heldItem = (id: string, rev: number, seq: number | null, digest = `d${rev}`): HeldItem => ({ id, rev, digest, seq });

test('what is missing, older or of other bytes here is wanted; what was never sent so is told', () => {
  const sent = { seq: 9, items: [sentItem('a', 1), sentItem('b', 2), sentItem('c', 1), sentItem('d', 1), sentItem('e', 1)] };
  const held = [heldItem('b', 1, 2), heldItem('c', 1, 3, ''), heldItem('d', 1, 4), heldItem('e', 7, 5), heldItem('x', 1, 6)];
  expect(compareItems(sent, held, 9)).toEqual({
    wanted: ['a', 'b', 'c'],
    unknown: [
      { id: 'e', rev: 7, digest: 'd7' },
      { id: 'x', rev: 1, digest: 'd1' },
    ],
  });
});

test('what came while the list was on its way is no stranger; a number beyond the cursor or none at all is', () => {
  const held = [heldItem('came', 1, 11), heldItem('newer', 3, 12), heldItem('beyond', 1, 99), heldItem('bare', 1, null)];
  const { unknown } = compareItems({ seq: 10, items: [sentItem('newer', 2)] }, held, 12);
  expect(unknown.map((item) => item.id)).toEqual(['beyond', 'bare']);
});

test('exactly the buckets with a changed, lost or added item differ', () => {
  const items = fc.uniqueArray(fc.record({ id: fc.uuid(), rev: fc.nat(5), digest: fc.constantFrom<string>('d1', 'd2') }), {
    selector: (item) => item.id,
    maxLength: 60,
  });
  fc.assert(
    fc.property(items, fc.nat(), fc.constantFrom('change', 'lose', 'add'), (sent, at, how) => {
      const held = [...sent];
      const target = sent.length === 0 || how === 'add' ? { id: 'one more', rev: 1, digest: 'd' } : sent[at % sent.length]!;
      const place = held.indexOf(target);
      if (place === -1) held.push(target);
      else if (how === 'lose') held.splice(place, 1);
      else held[place] = { ...target, rev: target.rev + 1 };
      expect(differingBuckets(bucketsOf(sent), bucketsOf(sent))).toEqual([]);
      expect(differingBuckets(bucketsOf(sent), bucketsOf(held))).toEqual([bucketOf(target.id)]);
    }),
  );
});
