import { expect, test } from 'vitest';
import { markdown, ratios, reaches, type Measure } from './report.ts';

const rate = {
  name: 'rate',
  unit: 'events/s',
  ours: [50, 80, 90],
  yardstick: [100, 100, 100],
  goal: { ratio: 0.8, is: 'at least' },
} satisfies Measure;

test('ratios are taken round by round and judged by their median', () => {
  expect(ratios({ ...rate, yardstick: [100, 160, 90] })).toEqual([0.5, 0.5, 1]);
  expect([reaches(rate), reaches({ ...rate, goal: { ratio: 0.81, is: 'at least' } })]).toEqual([true, false]);
  expect([reaches({ ...rate, goal: { ratio: 0.8, is: 'at most' } }), reaches({ ...rate, goal: { ratio: 0.79, is: 'at most' } })]).toEqual([
    true,
    false,
  ]);
});

test('a report names command, values with their spread, ratio and goal', () => {
  const text = markdown({ title: 'B0', command: 'npm run bench -- b0', conditions: '3 rounds', measures: [rate] });
  expect(text).toContain('`npm run bench -- b0` · 3 rounds');
  expect(text).toContain('| rate, events/s | 80 (50–90) | 100 (100–100) | **0.8 (0.5–0.9)** | at least 0.8: reached |');
});

test('a bound is what ours itself should reach, and needs no yardstick', () => {
  const memory = { name: 'memory', unit: 'MiB', ours: [250, 262, 240], goal: { bound: 260, is: 'at most' } } satisfies Measure;
  expect([reaches(memory), reaches({ ...memory, goal: { bound: 249, is: 'at most' } })]).toEqual([true, false]);
  const text = markdown({
    title: 'B0',
    command: 'npm run bench -- b0',
    conditions: '3 rounds',
    measures: [memory, { ...memory, goal: undefined }],
  });
  expect(text).toContain('| memory, MiB | 250 (240–262) | – | – | at most 260 MiB: reached |');
  expect(text).toContain('| memory, MiB | 250 (240–262) | – | – | – |');
});
