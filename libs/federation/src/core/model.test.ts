import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, genesis } from './feed.ts';
import { receive, type Arrived } from './receive.ts';

/**
 * One origin, one receiver, and a carrier that repeats, cuts, reorders and loses pages; the receiver's process dies between the
 * parts of a transaction. Checked: after a last whole delivery each event took effect once, in order, and the state is the origin's.
 */
interface Event extends Arrived {
  record: string;
  rev: number;
}
const start = genesis('430100', 'up');

function originOf(changes: readonly number[]): Event[] {
  let head = start;
  const revs = new Map<string, number>();
  return changes.map((n) => {
    const record = `record ${n}`;
    const rev = (revs.get(record) ?? 0) + 1;
    revs.set(record, rev);
    const { position, prev } = append(head, (at) => Buffer.from(JSON.stringify({ record, rev, ...at })));
    head = position;
    return { ...position, prev, record, rev };
  });
}

interface Delivery {
  from: number;
  length: number;
  isReversed: boolean;
  /** Dies before the commit, or after it and before anybody hears; or not at all. */
  dies: 'before' | 'after' | 'never';
}
type Mutant = 'none' | 'no de-duplication' | 'cursor before commit';

function replay(events: readonly Event[], deliveries: readonly Delivery[], mutant: Mutant) {
  let cursor = start;
  let state = new Map<string, number>();
  let effects: number[] = [];
  for (const { from, length, isReversed, dies } of deliveries) {
    const page = events.slice(from, from + length);
    if (isReversed) page.reverse();
    const { decisions, cursor: moved } = receive(cursor, page);
    const taken = page.filter((_, i) => decisions[i] === 'apply' || (mutant === 'no de-duplication' && decisions[i] === 'drop'));
    const [nextState, nextEffects] = [new Map(state), [...effects]];
    for (const event of taken) {
      nextState.set(event.record, Math.max(event.rev, nextState.get(event.record) ?? 0));
      nextEffects.push(event.seq);
    }
    if (mutant === 'cursor before commit') cursor = moved;
    if (dies === 'before') continue;
    [cursor, state, effects] = [moved, nextState, nextEffects];
  }
  return { cursor, state, effects };
}

function holds(events: readonly Event[], deliveries: readonly Delivery[], mutant: Mutant): boolean {
  const whole: Delivery = { from: 0, length: events.length, isReversed: false, dies: 'never' };
  const { cursor, state, effects } = replay(events, [...deliveries, whole], mutant);
  const due = new Map(events.map((event) => [event.record, event.rev]));
  const isEqual = due.size === state.size && [...due].every(([record, rev]) => state.get(record) === rev);
  return cursor.seq === events.length && isEqual && effects.join() === events.map((event) => event.seq).join();
}

const workload = fc.array(fc.nat(4), { minLength: 1, maxLength: 15 }).map(originOf);
const carriage = fc.array(
  fc.record<Delivery>({
    from: fc.nat(15),
    length: fc.integer({ min: 1, max: 8 }),
    isReversed: fc.boolean(),
    dies: fc.constantFrom('before', 'after', 'never'),
  }),
  { maxLength: 20 },
);
const checked = (mutant: Mutant) =>
  fc.check(
    fc.property(workload, carriage, (events, deliveries) => holds(events, deliveries, mutant)),
    { numRuns: 400, seed: 7 },
  );

test('every event takes effect once and in order, whatever is lost, repeated, reordered or cut off by a death', () => {
  const { failed, counterexample } = checked('none');
  expect({ failed, counterexample }).toEqual({ failed: false, counterexample: null });
});

test.each(['no de-duplication', 'cursor before commit'] as const)('the check catches the mutant: %s', (mutant) => {
  expect(checked(mutant).failed).toBe(true);
});
