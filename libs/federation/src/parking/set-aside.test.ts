import { metrics } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { createSetAsides } from './set-aside.ts';

function bench() {
  const rows: unknown[][] = [];
  const alarms: string[] = [];
  const pool = { query: async (_: string, values: unknown[]) => (rows.push(values), { rows: [] }) };
  const log = createLogger({ level: 'error', destination: { write: (line: string) => void alarms.push(line) } });
  return { rows, alarms, setAside: createSetAsides({ pool: pool as never, log, meter: metrics.getMeter('test') }) };
}
const record = { origin: '430100', view: 'up', at: 'offset 7', code: 'EVENT_MALFORMED', reason: 'a record without value' };

test('a record is told once: what it was, where, and what to do', async () => {
  const { rows, alarms, setAside } = bench();
  await setAside(record);
  await setAside(record);
  await setAside({ ...record, at: 'event 9', code: 'SIGNATURE_INVALID' });
  expect(rows.map(([, origin, view, code, message]) => [origin, view, code, message])).toEqual([
    ['430100', 'up', 'EVENT_MALFORMED', '430100/up, offset 7 of its topic: a record without value'],
    ['430100', 'up', 'SIGNATURE_INVALID', '430100/up, event 9 of its topic: a record without value'],
  ]);
  for (const row of rows) expect(row[5]).toContain('xiangjing federation topics --plan');
  expect(rows[1]![5]).toContain('compare the keys');
  expect(alarms).toHaveLength(2);
});

test('a flood fills neither the table nor the log, and does not silence another feed', async () => {
  const { rows, alarms, setAside } = bench();
  for (let offset = 0; offset < 3_000; offset += 1) await setAside({ ...record, at: `offset ${offset}` });
  expect([rows.length, alarms.length]).toEqual([20, 20]);
  await setAside({ ...record, view: 'peer' });
  expect(rows).toHaveLength(21);
});

test('a feed that goes on is no feed that stands: the advice is about a record in a topic', async () => {
  const { rows, setAside } = bench();
  for (const code of ['SIGNATURE_INVALID', 'SOURCE_MISMATCH', 'SEQUENCE_GAP', 'CHAIN_BROKEN', 'EVENT_MALFORMED', 'EVENT_TOO_LARGE'])
    await setAside({ ...record, code });
  for (const row of rows) {
    expect(row[5]).toMatch(/^it was left out.*xiangjing federation topics --plan/);
    expect(row[5]).not.toMatch(/nothing of it was taken|cursor in this answer/);
  }
});

test('several records that claim one number are told each', async () => {
  const { rows, setAside } = bench();
  for (const digest of ['a', 'b', 'a']) await setAside({ ...record, at: 'event 9', digest });
  expect(rows).toHaveLength(2);
});

test('what could not be written is told when it comes again, and uses up nothing of what may be told', async () => {
  const { rows } = bench();
  const alarms: string[] = [];
  let isAway = true;
  const pool = {
    query: async (__: string, values: unknown[]) => {
      if (isAway) throw new Error('the database is away');
      rows.push(values);
      return { rows: [] };
    },
  };
  const setAside = createSetAsides({
    pool: pool as never,
    log: createLogger({ level: 'error', destination: { write: (line: string) => void alarms.push(line) } }),
    meter: metrics.getMeter('test'),
  });
  for (let times = 0; times < 30; times += 1) await expect(setAside(record)).rejects.toThrow('away');
  isAway = false;
  await setAside(record);
  expect([rows.length, alarms.length]).toEqual([1, 1]);
});
