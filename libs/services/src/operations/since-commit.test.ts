import type { TraceStep } from '@xiangjing/federation';
import { expect, it } from 'vitest';
import { sinceCommit } from './since-commit.ts';

const step = (name: TraceStep['step'], rev: number, at: string | null): TraceStep => ({
  id: `${name}${rev}`,
  node: '430100',
  step: name,
  at,
  isLatest: false,
  rev,
  view: null,
  eventId: null,
  road: null,
  outcome: '',
  log: null,
});

it('counts from the commit of the same revision', () => {
  const steps = [
    step('committed', 1, '2026-11-24T01:00:00.000Z'),
    step('signed', 1, '2026-11-24T01:00:00.120Z'),
    step('sent', 1, null),
    step('committed', 2, '2026-11-24T02:00:00.000Z'),
    step('received', 2, '2026-11-24T02:00:01.000Z'),
    step('received', 3, '2026-11-24T03:00:00.000Z'),
  ];
  expect(sinceCommit(steps).map(({ elapsedMs }) => elapsedMs)).toEqual([0, 120, null, 0, 1000, null]);
});
