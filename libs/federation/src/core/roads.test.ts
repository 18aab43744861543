import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readerRoad, writerRoad, type ReaderRoad, type ReaderSight, type WriterRoad, type WriterSight } from './roads.ts';

/** Looks at each second's sight in turn; the seconds at which HTTPS carries. */
function writer(sights: (second: number) => Partial<WriterSight>, seconds: number): number[] {
  let road: WriterRoad | null = null;
  return Array.from({ length: seconds }, (_, second) => second).filter((second) => {
    road = writerRoad(road, { head: 5, logged: 5, received: 5, readerReadsLog: true, ...sights(second) }, second * 1000);
    return road.https;
  });
}
function reader(sights: (second: number) => Partial<ReaderSight>, seconds: number): number[] {
  let road: ReaderRoad | null = null;
  return Array.from({ length: seconds }, (_, second) => second).filter((second) => {
    road = readerRoad(road, { head: 5, cursor: 5, isLogAlive: true, hasGap: false, ...sights(second) }, second * 1000);
    return road.https;
  });
}
const seconds = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('nothing missing: the log alone, however long', () => {
  expect(writer(() => ({}), 100)).toEqual([]);
  expect(reader(() => ({}), 100)).toEqual([]);
});

test('a writer whose log stands still for 15 s sends by HTTPS until the log holds all', () => {
  const sights = (s: number) => ({ head: 9, logged: s < 10 ? 9 : s < 40 ? 7 : 9, received: s < 30 ? 7 : 9 });
  expect(writer((s) => ({ ...sights(s), received: sights(s).logged }), 50)).toEqual(seconds(25, 39));
});

test('a writer that is slow but moves stays with the log', () => {
  expect(writer((s) => ({ head: 100, logged: Math.floor(s / 14), received: Math.floor(s / 14) }), 200)).toEqual([]);
});

test('events in the log that the receiver does not get: HTTPS after 15 s, and while it says that it cannot read', () => {
  expect(writer((s) => ({ received: s < 30 ? 3 : 5 }), 40)).toEqual(seconds(15, 29));
  expect(writer((s) => ({ received: s < 5 ? 3 : 5, readerReadsLog: s >= 8 }), 40)).toEqual(seconds(0, 7));
  expect(writer(() => ({ readerReadsLog: false }), 40)).toEqual([]);
});

test('a reader before a head asks after 15 s without progress, until it is level', () => {
  expect(reader((s) => ({ cursor: s < 40 ? 3 : 5 }), 50)).toEqual(seconds(15, 39));
  expect(reader((s) => ({ head: 90, cursor: Math.floor(s / 10) }), 200)).toEqual([]);
});

test('a feed that the log does not bring is asked for by HTTPS at once, until the log brings it', () => {
  expect(reader((s) => ({ isUnlogged: s < 30 }), 50)).toEqual(seconds(0, 29));
  expect(reader((s) => ({ isUnlogged: s < 30, cursor: s < 40 ? 3 : 5 }), 50)).toEqual(seconds(0, 39));
  expect(reader((s) => ({ isUnlogged: s < 3, isLogAlive: s > 20 }), 50)).toEqual(seconds(0, 20));
});

test('a reader asks at once for a gap, and when a log that was alive is dead; a log that comes up has 15 s', () => {
  expect(reader((s) => ({ cursor: s < 4 ? 3 : 5, hasGap: s < 4 }), 20)).toEqual(seconds(0, 3));
  expect(reader((s) => ({ isLogAlive: s < 5 || s > 9 }), 20)).toEqual(seconds(5, 9));
  expect(reader((s) => ({ isLogAlive: s > 12 }), 20)).toEqual([]);
  expect(reader((s) => ({ isLogAlive: s > 20 }), 30)).toEqual(seconds(15, 20));
  expect(reader((s) => ({ isLogAlive: s > 20, cursor: s < 25 ? 3 : 5 }), 30)).toEqual(seconds(15, 24));
});

test('whatever was seen before: 16 s without progress bring HTTPS, and a level log takes it away', () => {
  const history = fc.array(
    fc.record<WriterSight>({ head: fc.nat(9), logged: fc.nat(9), received: fc.nat(9), readerReadsLog: fc.boolean() }),
  );
  fc.assert(
    fc.property(history, fc.boolean(), (sights, isLogStuck) => {
      let road: WriterRoad | null = null;
      const look = (sight: WriterSight, times: number) => {
        for (let i = 0; i < times; i += 1) road = writerRoad(road, sight, (nowMs += 1000));
        return road!.https;
      };
      let nowMs = 0;
      for (const sight of sights) look(sight, 1);
      expect(look({ head: 20, logged: isLogStuck ? 10 : 20, received: 10, readerReadsLog: true }, 17)).toBe(true);
      expect(look({ head: 20, logged: 20, received: 20, readerReadsLog: true }, 1)).toBe(false);
    }),
  );
});
