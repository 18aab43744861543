import fc from 'fast-check';
import { expect, test } from 'vitest';
import { degraded, emptyParking, offer, release, type ParkablePage, type Parking } from './parking.ts';

const page = (from: number, count: number, atMs = 0, epoch = 1): ParkablePage => ({
  epoch,
  from,
  events: Array.from({ length: count }, (_, i) => from + i + 1),
  bytes: count * 10,
  atMs,
});
const cursor = (seq: number) => ({ epoch: 1, seq });
const empty = emptyParking<ParkablePage>();
const held = (...pages: ParkablePage[]): Parking<ParkablePage> => ({ pages });

test('what follows is applied; what lies behind a hole is parked and the hole named', () => {
  expect(offer(empty, cursor(5), page(5, 2))).toEqual({ apply: [page(5, 2)], parking: empty, want: null, overflow: false });
  expect(offer(empty, cursor(5), page(8, 2))).toEqual({ apply: [], parking: held(page(8, 2)), want: { from: 5, to: 8 }, overflow: false });
});

test('a filled hole lets go what follows, up to the next hole', () => {
  const parking = held(page(8, 2), page(10, 1), page(20, 1));
  expect(offer(parking, cursor(5), page(5, 3))).toEqual({
    apply: [page(5, 3), page(8, 2), page(10, 1)],
    parking: held(page(20, 1)),
    want: { from: 11, to: 20 },
    overflow: false,
  });
  expect(release(parking, cursor(9))).toMatchObject({ apply: [page(8, 2), page(10, 1)], want: { from: 11, to: 20 } });
  expect(release(parking, cursor(30))).toMatchObject({ apply: [page(8, 2), page(10, 1), page(20, 1)], parking: empty, want: null });
  expect(release(parking, cursor(7))).toMatchObject({ apply: [], parking, want: { from: 7, to: 8 } });
});

test('a repeat goes to the applier, which compares it; so does another epoch; a page parked already is not parked twice', () => {
  expect(offer(empty, cursor(5), page(2, 2)).apply).toEqual([page(2, 2)]);
  expect(offer(empty, cursor(5), page(5, 0)).apply).toEqual([page(5, 0)]);
  expect(offer(held(page(8, 1)), cursor(5), page(0, 2, 0, 2))).toMatchObject({ apply: [page(0, 2, 0, 2)], parking: held(page(8, 1)) });
  expect(offer(held(page(8, 4, 1)), cursor(5), page(9, 2, 70)).parking).toEqual(held(page(8, 4, 1)));
  expect(offer(empty, cursor(5), page(9, 0))).toMatchObject({ apply: [], parking: empty });
});

test('beyond the limits the pages farthest ahead are let go', () => {
  const limits = { events: 6, bytes: 55 };
  const parking = held(page(10, 3), page(20, 2));
  expect(offer(parking, cursor(1), page(30, 1), limits)).toMatchObject({ parking, overflow: true, want: { from: 1, to: 10 } });
  expect(offer(parking, cursor(1), page(5, 2), limits)).toMatchObject({ parking: held(page(5, 2), page(10, 3)), overflow: true });
  expect(offer(empty, cursor(1), page(5, 7), limits)).toMatchObject({ parking: empty, overflow: true, want: null });
});

test('a hole open for a minute is degraded', () => {
  expect(degraded(empty, 1e9)).toBe(false);
  expect(degraded(held(page(8, 2, 1_000), page(12, 2, 90_000)), 60_999)).toBe(false);
  expect(degraded(held(page(8, 2, 1_000)), 61_000)).toBe(true);
});

test('in whatever order pages come, each event is applied after the one before it, and all once the last hole is filled', () => {
  const pages = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 10 }).chain((counts) => {
    let from = 0;
    const whole = counts.map((count) => page((from += count) - count, count));
    return fc
      .array(fc.constantFrom(...whole), { maxLength: 20 })
      .chain((repeats) => fc.shuffledSubarray([...whole, ...repeats], { minLength: whole.length + repeats.length }));
  });
  fc.assert(
    fc.property(pages, (arrivals) => {
      let parking = empty;
      let seq = 0;
      for (const arrival of arrivals) {
        const offered = offer(parking, cursor(seq), arrival);
        parking = offered.parking;
        for (const applied of offered.apply) {
          expect(applied.from).toBeLessThanOrEqual(seq);
          seq = Math.max(seq, applied.from + applied.events.length);
        }
        expect(offered.want === null).toBe(parking.pages.length === 0);
        if (offered.want) expect(offered.want).toEqual({ from: seq, to: parking.pages[0]!.from });
      }
      expect({ seq, parking }).toEqual({ seq: Math.max(...arrivals.map((p) => p.from + p.events.length)), parking: empty });
    }),
  );
});
