import { move, type Stage } from '@xiangjing/scenario-sdk';
import { expect, it } from 'vitest';
import { JOURNEYS, type Journey } from '../seeds/journey.ts';
import { stepsLeft } from './steps-left.ts';

const verbs = (journey: Journey, stage: string, suspended = false) => stepsLeft(journey, { stage, suspended }).map((s) => s.verb);

it('goes on where a record stands', () => {
  expect(verbs('published', 'draft')).toEqual(['submit', 'select', 'publish']);
  expect(verbs('published', 'selected')).toEqual(['publish']);
  expect(verbs('published', 'published')).toEqual([]);
  expect(verbs('suspended', 'published')).toEqual(['suspend']);
  expect(verbs('suspended', 'published', true)).toEqual([]);
  expect(verbs('withdrawn', 'withdrawn')).toEqual([]);
  expect(verbs('draft', 'draft')).toEqual([]);
});

it('has only journeys that the lifecycle allows', () => {
  for (const [journey, steps] of Object.entries(JOURNEYS)) {
    let stage: Stage = 'draft';
    for (const { verb } of steps) {
      const moved = move({ kind: 'opportunity', stage, suspended: false, everSubmitted: stage !== 'draft' }, verb);
      expect(moved, `${journey}: ${verb}`).toMatchObject({ ok: true });
      if (moved.ok) stage = moved.to;
    }
  }
});
