import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

/** A work that runs until it is let end, and notes that it began. */
function work(name: string, begun: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    run: () => {
      begun.push(name);
      return promise;
    },
    end: () => resolve(name),
  };
}
const turn = () => sleep(5);

test('only so many run at once, in the order asked, and each gives its answer', async () => {
  const begun: string[] = [];
  const inTurn = createTurns({ atOnce: 2, patienceMs: 60_000 });
  const works = ['a', 'b', 'c', 'd'].map((name) => work(name, begun));
  const done = Promise.all(works.map(({ run }) => inTurn(run)));
  await turn();
  expect(begun).toEqual(['a', 'b']);
  works[1]!.end();
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { end } of works) end();
  expect(await done).toEqual(['a', 'b', 'c', 'd']);
});

test('a work that fails gives its place away, and its failure to the asker', async () => {
  const inTurn = createTurns({ atOnce: 1, patienceMs: 60_000 });
  await expect(inTurn(() => Promise.reject(new Error('no row')))).rejects.toThrow('no row');
  expect(await inTurn(() => Promise.resolve('next'))).toBe('next');
});

test('works that wait for long hold no other up, and give no place away twice', async () => {
  const begun: string[] = [];
  const inTurn = createTurns({ atOnce: 1, patienceMs: 20 });
  const [stuck, second, third] = ['stuck', 'second', 'third'].map((name) => work(name, begun)) as [
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
  ];
  const done = Promise.all([inTurn(stuck.run), inTurn(second.run)]);
  await sleep(60); // `second` runs now, and has waited as long itself
  expect(begun).toEqual(['stuck', 'second']);
  stuck.end();
  second.end();
  expect(await done).toEqual(['stuck', 'second']);
  const fourth = work('fourth', begun);
  const rest = Promise.all([inTurn(third.run), inTurn(fourth.run)]);
  await turn();
  expect(begun).toEqual(['stuck', 'second', 'third']);
  third.end();
  fourth.end();
  await rest;
});
