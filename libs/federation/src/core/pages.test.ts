import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutPages, type Sized } from './pages.ts';

const seqs = (pages: Sized[][]) => pages.map((page) => page.map((record) => record.seq));
const at = (seq: number, bytes = 10, epoch = 1): Sized => ({ epoch, seq, bytes });

test.each<[string, Sized[], number[][]]>([
  ['nothing', [], []],
  ['a run', [at(1), at(2), at(3)], [[1, 2, 3]]],
  ['a hole', [at(1), at(3), at(4)], [[1], [3, 4]]],
  [
    'a repeat',
    [at(1), at(2), at(2), at(3)],
    [
      [1, 2],
      [2, 3],
    ],
  ],
  [
    'a step back',
    [at(5), at(6), at(1), at(2)],
    [
      [5, 6],
      [1, 2],
    ],
  ],
  ['another epoch', [at(1), at(2, 10, 2)], [[1], [2]]],
  ['too many events', [at(1), at(2), at(3), at(4)].map((r) => ({ ...r, bytes: 1 })), [[1, 2, 3], [4]]],
  ['too many bytes', [at(1, 60), at(2, 40), at(3, 1)], [[1, 2], [3]]],
  ['one larger than a page', [at(1), at(2, 500), at(3)], [[1], [2], [3]]],
])('%s', (_, records, expected) => {
  expect(seqs(cutPages(records, { events: 3, bytes: 100 }))).toEqual(expected);
});

test('pages put together are the records, each page follows itself and keeps the limits, and none could be longer', () => {
  const record = fc.record({
    epoch: fc.constantFrom(1, 1, 1, 2),
    seq: fc.integer({ min: 1, max: 6 }),
    bytes: fc.integer({ min: 1, max: 60 }),
  });
  const run = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }))
    .map(([from, n]) => Array.from({ length: n }, (_, i) => at(from + i, 15)));
  const limits = { events: 4, bytes: 100 };
  const follows = (a: Sized, b: Sized) => b.epoch === a.epoch && b.seq === a.seq + 1;
  const size = (page: Sized[]) => page.reduce((total, r) => total + r.bytes, 0);
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          record.map((r) => [r]),
          run,
        ),
        { maxLength: 12 },
      ),
      (runs) => {
        const records = runs.flat();
        const pages = cutPages(records, limits);
        expect(pages.flat()).toEqual(records);
        for (const [i, page] of pages.entries()) {
          expect(page.slice(1).every((r, k) => follows(page[k]!, r))).toBe(true);
          expect(page.length === 1 || (page.length <= limits.events && size(page) <= limits.bytes)).toBe(true);
          const next = pages[i + 1]?.[0];
          if (next && follows(page.at(-1)!, next))
            expect(page.length === limits.events || size(page) + next.bytes > limits.bytes).toBe(true);
        }
      },
    ),
  );
});
