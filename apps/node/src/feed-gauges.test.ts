import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { feedGauges } from './feed-gauges.ts';

test('the age of a feed that is read grows while nobody tells anything of it; an own feed has none', async () => {
  const rows = [
    { origin: '430100', view: 'up', direction: 'out', lag: '2', heardAt: null },
    { origin: '430000', view: 'down', direction: 'in', lag: '0', heardAt: new Date('2026-11-24T00:50:00Z') },
  ];
  const query = (sql: string) => Promise.resolve({ rows: sql.includes('peer_cursor') ? rows : [{ depth: '0' }] });
  let ask: ((result: { observe(name: string, value: number, labels?: object): void }) => Promise<void>) | undefined;
  const meter = {
    createObservableGauge: (name: string) => name,
    addBatchObservableCallback: (callback: typeof ask) => (ask = callback),
  };
  let now = '2026-11-24T01:00:00Z';
  feedGauges({
    pool: () => ({ query }) as never,
    telemetry: { meter } as never,
    clock: { now: () => new Date(now) },
    log: createLogger({ level: 'silent' }),
  });
  const seen = async () => {
    const found: unknown[] = [];
    await ask!({ observe: (name, value, labels) => name.includes('feed') && found.push([name, value, labels]) });
    return found;
  };
  const down = { origin: '430000', view: 'down' };
  expect(await seen()).toEqual([
    ['xiangjing_feed_lag_events', 2, { origin: '430100', view: 'up', direction: 'out' }],
    ['xiangjing_feed_lag_events', 0, { ...down, direction: 'in' }],
    ['xiangjing_feed_age_seconds', 600, down],
  ]);
  now = '2026-11-24T01:00:30Z';
  expect((await seen()).at(-1)).toEqual(['xiangjing_feed_age_seconds', 630, down]);
});
