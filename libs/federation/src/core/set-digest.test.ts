import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addFingerprints, bucketsOf, rootOf, type SetItem } from './set-digest.ts';

const item = fc.record({ id: fc.uuid(), rev: fc.integer({ min: 1, max: 99 }), digest: fc.stringMatching(/^[0-9a-f]{64}$/) });
const set = fc.uniqueArray(item, { selector: (i) => i.id, maxLength: 60 });
const root = (items: SetItem[]) => rootOf(bucketsOf(items)).root;

test('the root does not depend on the order', () => {
  fc.assert(
    fc.property(set, (items) => {
      expect(root([...items].reverse())).toBe(root(items));
    }),
  );
});

test('a record missing, another rev or another event changes the root', () => {
  fc.assert(
    fc.property(set, fc.nat(), (items, pick) => {
      fc.pre(items.length > 0);
      const at = pick % items.length;
      const changed = items[at]!;
      expect(root(items.toSpliced(at, 1))).not.toBe(root(items));
      expect(root(items.with(at, { ...changed, rev: changed.rev + 1 }))).not.toBe(root(items));
      expect(root(items.with(at, { ...changed, digest: changed.digest.replace(/^./, (c) => (c === '0' ? '1' : '0')) }))).not.toBe(
        root(items),
      );
    }),
  );
});

test('equal pairs do not cancel; combined by XOR they would', () => {
  fc.assert(
    fc.property(item, item, (a, b) => {
      fc.pre(a.id !== b.id);
      const sums = (combine: typeof addFingerprints) => bucketsOf([a, a], combine).map((bucket) => bucket.sum);
      expect(sums(addFingerprints)).not.toEqual([0n]);
      expect(sums((x, y) => x ^ y)).toEqual([0n]);
    }),
  );
});
