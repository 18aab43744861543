import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginReading, meet, reachedEnd, type ReaderState } from './topic-reader.ts';

/** Reads a topic as it lies to its end, going back whenever told; what was taken after the last time it went back. */
function read(topic: readonly (string | null)[], from: { state: ReaderState; offset: number }) {
  let { state, offset } = from;
  let taken: number[] = [];
  let rewinds = 0;
  for (let steps = 0; offset < topic.length; steps += 1) {
    if (steps > 3 * topic.length + 3) throw new Error('it loops');
    const met = meet(state, { incarnation: topic[offset]! });
    state = met.state;
    if (met.do === 'take') taken.push(offset);
    if (met.do === 'rewind') [offset, taken, rewinds] = [0, [], rewinds + 1];
    else offset += 1;
  }
  return { state, taken, rewinds };
}
const fresh = beginReading(null, { endOffset: 9 });

test('a reading begins at the mark, or at the start where there is none or the topic is shorter', () => {
  const mark = { incarnation: 'a', nextOffset: 4 };
  expect(beginReading(mark, { endOffset: 4 })).toEqual({ state: { incarnation: 'a', fromStart: false }, offset: 4 });
  expect(beginReading(mark, { endOffset: 3 })).toEqual({ state: { incarnation: null, fromStart: true }, offset: 0 });
  expect(beginReading(null, { endOffset: 3 })).toEqual({ state: { incarnation: null, fromStart: true }, offset: 0 });
});

test('another incarnation behind the mark: back to the start, once, and everything of it is read', () => {
  const from = { state: { incarnation: 'a', fromStart: false }, offset: 2 };
  expect(read(['b', 'b', 'b', 'b'], from)).toEqual({ state: { incarnation: 'b', fromStart: true }, taken: [0, 1, 2, 3], rewinds: 1 });
  expect(read(['a', 'a', 'a', 'b', 'b'], from)).toMatchObject({ taken: [0, 1, 2, 3, 4], rewinds: 1 });
  expect(read(['a', 'a', 'a', 'a'], from)).toMatchObject({ taken: [2, 3], rewinds: 0 });
});

test('two lives in one topic are read in one pass from the start', () => {
  expect(read(['a', 'a', 'b', 'b'], fresh)).toEqual({ state: { incarnation: 'b', fromStart: true }, taken: [0, 1, 2, 3], rewinds: 0 });
});

test('a record without a mark is set aside and changes nothing', () => {
  expect(read([null, 'a', null, 'a'], fresh)).toEqual({ state: { incarnation: 'a', fromStart: true }, taken: [1, 3], rewinds: 0 });
});

test('a topic made anew behind the back of a reading that has reached the end: read from its start', () => {
  const live = reachedEnd(read(['a', 'a'], fresh).state);
  expect(meet(live, { incarnation: 'b' })).toEqual({ state: { incarnation: 'b', fromStart: true }, do: 'rewind' });
  expect(reachedEnd(fresh.state)).toEqual(fresh.state);
});

test('however lives, foreign records and forged marks lie, a reading ends, and misses nothing from where it began', () => {
  const topic = fc.array(fc.constantFrom('a', 'b', 'c', null), { maxLength: 30 });
  fc.assert(
    fc.property(topic, fc.nat(30), fc.constantFrom('a', 'b', 'x'), (records, nextOffset, incarnation) => {
      const from = beginReading({ incarnation, nextOffset }, { endOffset: records.length });
      const { taken, rewinds } = read(records, from);
      expect(rewinds).toBeLessThanOrEqual(1);
      const start = rewinds > 0 ? 0 : from.offset;
      expect(taken).toEqual(records.flatMap((record, offset) => (record !== null && offset >= start ? [offset] : [])));
    }),
  );
});
