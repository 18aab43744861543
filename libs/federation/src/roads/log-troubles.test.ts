import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import type { RoadHealth } from '../event-log.ts';
import { createLogTroubles } from './log-troubles.ts';

const well: RoadHealth = { isAlive: true, lastProgressAt: null, lastError: null, missing: [] };
const refused: RoadHealth = {
  ...well,
  isAlive: false,
  lastError: { code: 'BROKER_UNAVAILABLE', message: 'wrong password', remedy: 'compare', at: new Date(0) },
};

function bench() {
  const state = { now: 0, isAway: false };
  const rows: unknown[][] = [];
  const query = async (_: string, values: unknown[]) => {
    if (state.isAway) throw new Error('the database is away');
    rows.push(values);
    return { rows: [] };
  };
  const look = createLogTroubles({ pool: { query } as never, log: createLogger({ level: 'silent' }), nowMs: () => state.now });
  const standFor = async (health: RoadHealth, ms: number) => {
    await look(health);
    state.now += ms;
    await look(health);
  };
  return { rows, state, look, standFor };
}

test('what lasts is told once, with code, message and remedy; what passes is not', async () => {
  const { rows, look, standFor } = bench();
  await standFor(refused, 10_000);
  await look(well);
  expect(rows).toEqual([]);
  await standFor(refused, 15_000);
  await standFor(refused, 60_000);
  expect(rows).toEqual([[null, null, null, 'BROKER_UNAVAILABLE', 'reading the topics: wrong password', 'compare']]);
});

test('what comes and goes is told once an hour', async () => {
  const { rows, look, standFor } = bench();
  for (let times = 0; times < 10; times += 1) {
    await standFor(refused, 20_000);
    await look(well);
  }
  expect(rows).toHaveLength(1);
  await standFor(refused, 3_600_000);
  expect(rows).toHaveLength(2);
});

test('a topic that cannot be read is told at its feed; what could not be written comes again', async () => {
  const { rows, state, look, standFor } = bench();
  const missing = { ...well, missing: [{ origin: '430100', view: 'up' }] };
  state.isAway = true;
  await expect(standFor(missing, 15_000)).rejects.toThrow('away');
  state.isAway = false;
  await look(missing);
  expect(rows).toEqual([
    [null, '430100', 'up', 'TOPIC_MISSING', expect.stringContaining('xiangjing.430100.up'), expect.stringContaining('topics --apply')],
  ]);
});
