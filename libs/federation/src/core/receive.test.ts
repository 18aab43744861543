import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, digestOf, genesis } from './feed.ts';
import { receive, type Arrived } from './receive.ts';

const start = genesis('430100', 'up');

/** A feed of `n` events, each chained to the one before. */
function feed(n: number, salt = ''): Arrived[] {
  const events: Arrived[] = [];
  let head = start;
  for (let i = 1; i <= n; i += 1) {
    const { position, prev } = append(head, (at) => Buffer.from(`${salt}${at.seq}${at.prev}`));
    events.push({ ...position, prev });
    head = position;
  }
  return events;
}

test('a whole feed is applied once, in order', () => {
  const events = feed(5);
  const first = receive(start, events);
  expect(first).toEqual({ decisions: Array(5).fill('apply'), cursor: { epoch: 1, seq: 5, digest: events[4]!.digest }, fault: null });
  expect(receive(first.cursor, events)).toEqual({ decisions: Array(5).fill('drop'), cursor: first.cursor, fault: null });
});

test('however events are cut, repeated and lost, the cursor ends at the end of the prefix that arrived, each applied once', () => {
  const cuts = fc.array(fc.record({ from: fc.nat(20), length: fc.nat(8) }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), cuts, (n, deliveries) => {
      const events = feed(n);
      let cursor = start;
      const applied: number[] = [];
      for (const { from, length } of deliveries) {
        const page = events.slice(from, from + length);
        const result = receive(cursor, page);
        result.decisions.forEach((d, i) => d === 'apply' && applied.push(page[i]!.seq));
        if (page.length > 0 && page[0]!.seq > cursor.seq + 1) expect(result.fault?.code).toBe('SEQUENCE_GAP');
        else expect(result.fault).toBeNull();
        cursor = result.cursor;
      }
      expect(applied).toEqual(events.slice(0, cursor.seq).map((e) => e.seq));
    }),
  );
});

test('reordered events never move the cursor past a hole', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(feed(8), { minLength: 0, maxLength: 8 }), (page) => {
      const { cursor, decisions } = receive(start, page);
      const applied = page.slice(0, decisions.length).filter((_, i) => decisions[i] === 'apply');
      expect(applied.map((e) => e.seq)).toEqual(Array.from({ length: cursor.seq }, (_, i) => i + 1));
    }),
  );
});

test('a number used twice for different bytes stops the feed', () => {
  const [ours, theirs] = [feed(3), feed(3, 'other ')];
  const { cursor } = receive(start, ours);
  expect(receive(cursor, [theirs[2]!]).fault).toEqual({ code: 'EQUIVOCATION', index: 0 });
  expect(receive(cursor, [theirs[1]!, ours[2]!]).fault).toEqual({ code: 'EQUIVOCATION', index: 1 });
});

test('an event that does not follow the one held breaks the chain', () => {
  const { cursor } = receive(start, feed(3));
  const stranger: Arrived = { epoch: 1, seq: 4, digest: digestOf('x'), prev: digestOf('y') };
  expect(receive(cursor, [stranger]).fault).toEqual({ code: 'CHAIN_BROKEN', index: 0 });
  expect(receive(start, [{ ...feed(1)[0]!, prev: genesis('430200', 'up').digest }]).fault?.code).toBe('CHAIN_BROKEN');
});

test('another epoch is a gap, and an unreadable event is vouched for by the next', () => {
  const events = feed(3);
  expect(receive(start, [{ ...events[0]!, epoch: 2 }]).fault?.code).toBe('SEQUENCE_GAP');
  const unreadable = { ...events[1]!, prev: null };
  expect(receive(start, [events[0]!, unreadable, events[2]!])).toMatchObject({ decisions: ['apply', 'apply', 'apply'], fault: null });
  const forged = { ...unreadable, digest: digestOf('forged') };
  expect(receive(start, [events[0]!, forged, events[2]!]).fault).toEqual({ code: 'CHAIN_BROKEN', index: 2 });
});
