import { expect, it } from 'vitest';
import { progressOf } from './progress.ts';

const AT = '2026-11-24T01:00:00.000Z';
const feed = (view: string) => ({ origin: '430200', view });
const found = (view: string, seconds: number, more = {}) => ({
  ...feed(view),
  at: new Date(Date.parse(AT) + seconds * 1000).toISOString(),
  equal: true,
  repaired: 0,
  unknown: 0,
  ...more,
});
const asked = { askedAt: AT, feeds: [feed('peer'), feed('down')] };
const after = (seconds: number) => Date.parse(AT) + seconds * 1000;

it('runs until each feed has a newer comparison, and gives up waiting after a minute', () => {
  expect(progressOf(asked, [found('peer', 2), found('down', -30)], after(5))).toMatchObject({ state: 'running', done: 1, all: 2 });
  expect(progressOf(asked, [found('peer', 2), found('down', -30)], after(61))).toMatchObject({ state: 'late', done: 1 });
  expect(progressOf(asked, [found('peer', 2), found('down', 0), found('up', 1)], after(5))).toMatchObject({ state: 'equal', done: 2 });
});

it('tells what differed and what was put right', () => {
  const comparisons = [found('peer', 2, { equal: false, repaired: 3 }), found('down', 1)];
  expect(progressOf(asked, comparisons, after(5))).toEqual({ state: 'unequal', done: 2, all: 2, unequal: 1, repaired: 3 });
});

it('has nothing to do where nothing is received', () => {
  expect(progressOf({ askedAt: AT, feeds: [] }, [], after(0)).state).toBe('nothing');
});
