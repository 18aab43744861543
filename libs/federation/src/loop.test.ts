import { expect, test } from 'vitest';
import { createLoop, pauseAfter } from './loop.ts';

const never = () => expect.unreachable();

test('a wake-up during a round starts another at once', async () => {
  let rounds = 0;
  const done = Promise.withResolvers<void>();
  const loop = createLoop({
    step: async () => {
      rounds += 1;
      if (rounds === 1) loop.wake();
      if (rounds === 2) done.resolve();
      return false;
    },
    idleMs: 60_000,
    onError: never,
  });
  loop.start();
  await done.promise;
  await loop.stop();
  expect(rounds).toBe(2);
});

test('a failing round is tried again, and stop ends a wait and aborts a round', async () => {
  const errors: unknown[] = [];
  const inRound = Promise.withResolvers<void>();
  const loop = createLoop({
    step: (signal) => {
      if (errors.length === 0) throw new Error('first');
      inRound.resolve();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    idleMs: 60_000,
    firstPauseMs: 1,
    onError: (error) => errors.push(error),
  });
  loop.start();
  await inRound.promise;
  await loop.stop();
  expect(errors).toEqual([new Error('first')]);
});

test('pauses double up to the limit and are jittered', () => {
  const pauses = (random: () => number) => [1, 2, 3, 9].map((n) => pauseAfter(n, { first: 100, longest: 1000, random }));
  expect(pauses(() => 1)).toEqual([100, 200, 400, 1000]);
  expect(pauses(() => 0)).toEqual([50, 100, 200, 500]);
});
