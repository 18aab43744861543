import { expect, test, vi } from 'vitest';
import { catchUp } from './b3-catch-up.ts';
import { idleClients } from './b14-idle-clients.ts';
import { commitToVisible } from './commit-to-visible.ts';

vi.setConfig({ testTimeout: 300_000 }); // each starts its own servers

/** Each benchmark for real, only small: it must go on measuring what it says it does. */
test('B3 catches up with a topic, and logical replication with as many rows', async () => {
  const { measures } = await catchUp({ rounds: 1, events: 1_000 });
  for (const { ours, yardstick } of measures) expect(Math.min(...ours, ...yardstick)).toBeGreaterThan(10);
});

test('B4 sees each amend arrive by Kafka', async () => {
  const { measures } = await commitToVisible({ road: 'kafka', rounds: 1, samples: 3 });
  for (const { ours, yardstick } of measures) expect(Math.min(...ours, ...yardstick)).toBeGreaterThan(0);
});

test('B14: clients of an idle node take far less than kafkajs as it comes', async () => {
  const { measures } = await idleClients({ cities: ['430100'], rounds: 1, windowMs: 5_000, settleMs: 3_000 });
  const [{ ours, yardstick }] = measures as [(typeof measures)[number]];
  expect(ours[0]).toBeLessThan(yardstick[0]! / 2);
});
