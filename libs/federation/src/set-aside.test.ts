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
  expect(rows.map((row) => String(row[5]))).toEqual([
    expect.stringContaining('xiangjing federation topics --plan'),
    expect.stringContaining('compare the keys'),
  ]);
  expect(alarms).toHaveLength(2);
});

test('a flood fills neither the table nor the log, and does not silence another feed', async () => {
  const { rows, alarms, setAside } = bench();
  for (let offset = 0; offset < 3_000; offset += 1) await setAside({ ...record, at: `offset ${offset}` });
  expect([rows.length, alarms.length]).toEqual([20, 20]);
  await setAside({ ...record, view: 'peer' });
  expect(rows).toHaveLength(21);
});

test('what could not be written is told when it comes again', async () => {
  const { rows, setAside: _ } = bench();
  let isAway = true;
  const pool = {
    query: async (__: string, values: unknown[]) => {
      if (isAway) throw new Error('the database is away');
      rows.push(values);
      return { rows: [] };
    },
  };
  const setAside = createSetAsides({ pool: pool as never, log: createLogger({ level: 'silent' }), meter: metrics.getMeter('test') });
  await expect(setAside(record)).rejects.toThrow('away');
  isAway = false;
  await setAside(record);
  expect(rows).toHaveLength(1);
});
