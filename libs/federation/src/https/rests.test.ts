import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRests, FeedStandsError } from './rests.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const stands = new FeedStandsError({ code: 'SIGNATURE_INVALID', message: 'event 7' });

test('a feed that stands is asked once more after a second, and then every minute', () => {
  const rests = createRests(() => 1);
  expect(rests.untilMs()).toBe(Infinity);
  expect(rests.note('a', stands)).toBe(true);
  expect([rests.has('a'), rests.has('b'), rests.untilMs()]).toEqual([true, false, 1_000]);
  vi.advanceTimersByTime(1_000);
  expect(rests.has('a')).toBe(false);
  expect(rests.note('a', stands)).toBe(false);
  vi.advanceTimersByTime(59_000);
  expect([rests.has('a'), rests.untilMs()]).toEqual([true, 1_000]);
  rests.clear('a');
  expect([rests.has('a'), rests.untilMs()]).toEqual([false, Infinity]);
});

test('one that this node failed to take comes again soon, and never later than after 5 s', () => {
  const rests = createRests(() => 1);
  const pauses = Array.from({ length: 8 }, () => {
    rests.note('a', new Error('the database is away'));
    return rests.untilMs();
  });
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
});
