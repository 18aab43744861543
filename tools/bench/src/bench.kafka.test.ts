import { expect, test, vi } from 'vitest';
import { manyCities } from './b13-many-cities.ts';
import { catchUp } from './b3-catch-up.ts';
import { idleClients } from './b14-idle-clients.ts';
import { commitToVisible } from './commit-to-visible.ts';

vi.setConfig({ testTimeout: 300_000 }); // each starts its own servers

/** Each benchmark for real, only small: it must go on measuring what it says it does. */
test('B3 catches up with a topic, and logical replication with as many rows', async () => {
  const { measures } = await catchUp({ rounds: 1, events: 1_000 });
  for (const { ours, yardstick } of measures) expect(Math.min(...ours, ...(yardstick ?? []))).toBeGreaterThan(10);
});

test('B4 sees each amend arrive by Kafka', async () => {
  const { measures } = await commitToVisible({ road: 'kafka', rounds: 1, samples: 3 });
  for (const { ours, yardstick } of measures) expect(Math.min(...ours, ...(yardstick ?? []))).toBeGreaterThan(0);
});

test('B13 loads two nodes and a feed, sees their memory and lag, and all that was sent arrives', async () => {
  const { measures, conditions } = await manyCities({
    cities: ['430100', '430200', '430300'],
    rate: 20,
    transaction: 10,
    seconds: 6,
    sampleMs: 1_000,
    restMs: 1_000,
  });
  const named = new Map(measures.map((measure) => [measure.name, measure]));
  for (const node of ['province', 'city']) expect(named.get(`largest memory, ${node}`)!.ours[0]).toBeGreaterThan(50);
  const applied = named.get('events applied after the first third, beside the slowest stage alone')!;
  expect(Math.min(...applied.ours, ...applied.yardstick!)).toBeGreaterThan(20);
  expect(named.get('largest lag, feed by feed')!.ours).toHaveLength(3);
  expect(conditions).toContain('transactions of 10');
});

test('B14: clients of an idle node take far less than kafkajs as it comes', async () => {
  const { measures } = await idleClients({ cities: ['430100'], rounds: 1, windowMs: 5_000, settleMs: 3_000 });
  const { ours, yardstick } = measures[0]!;
  expect(ours[0]).toBeLessThan(yardstick![0]! / 2);
});
