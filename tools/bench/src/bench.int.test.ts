import { expect, test } from 'vitest';
import { applyRate } from './b1-apply-rate.ts';
import { commitToVisible } from './commit-to-visible.ts';
import { markdown } from './report.ts';

/** Each benchmark for real, only small: it must go on measuring what it says it does. */
test('B1 applies every event and upserts as many', async () => {
  const report = await applyRate({ rounds: 1, records: 500 });
  const [measure] = report.measures;
  expect(measure?.ours[0]).toBeGreaterThan(10);
  expect(measure?.yardstick?.[0]).toBeGreaterThan(10);
  expect(markdown(report)).toContain('1 rounds of 1000 events');
});

test('B5 sees each amend arrive, through two node processes and through logical replication', async () => {
  const report = await commitToVisible({ road: 'https', rounds: 1, samples: 3 });
  expect(report.measures.map((measure) => measure.name)).toEqual(['commit to visible, p50', 'commit to visible, p99']);
  for (const { ours, yardstick } of report.measures) expect(Math.min(...ours, ...(yardstick ?? []))).toBeGreaterThan(0);
});
