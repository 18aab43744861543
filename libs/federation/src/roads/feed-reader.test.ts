import { metrics, trace } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import type { Applier } from '../apply/applier.ts';
import type { IncomingPage, RoadHealth } from '../event-log.ts';
import { createFeedReader } from './feed-reader.ts';

const node = (adcode: string) => ({ adcode });
const pageOf = (origin: string, from: number): IncomingPage => ({
  origin,
  view: 'up',
  road: 'kafka',
  epoch: 1,
  from,
  prev: null,
  events: [{ bytes: Buffer.from(`event ${from + 1}`).toString('base64'), signature: 'x..x' }],
  headSeq: null,
  heardAt: new Date(0),
  peer: origin,
  mark: null,
});

/** The province reads two cities; the first one's pages are taken as long as `gate` says. */
function bench() {
  const state = { nowMs: 0, nodes: ['430000', '430100', '430200'], gate: Promise.resolve(), degraded: [] as unknown[], isAway: false };
  const query = async (sql: string, values: unknown[]) => {
    if (sql.includes('degraded_at = case')) {
      if (state.isAway && values[0] === '430100') throw new Error('the database stumbles');
      state.degraded.push([values[0], values[1]]);
    }
    return { rows: [] };
  };
  const applier = {
    verify: async (page: IncomingPage) => {
      if (page.origin === '430100') await state.gate;
      return page.events.map((_, index) => ({ event: { seq: page.from + 1 + index } }));
    },
  } as unknown as Applier;
  const health: RoadHealth = { isAlive: true, lastProgressAt: null, lastError: null, missing: [] };
  const reader = createFeedReader({
    pool: { query } as never,
    adcode: '430000',
    registry: { current: () => ({ nodes: state.nodes.map(node) }) } as never,
    applier,
    kafka: { health: () => health } as never,
    clock: { now: () => new Date() },
    log: createLogger({ level: 'silent' }),
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
    nowMs: () => state.nowMs,
  });
  return { reader, state, source: reader.source('kafka') };
}

test('a feed that is stuck with a page holds up neither the road nor the condition of the others', async () => {
  const { reader, state, source } = bench();
  await source.feeds();
  for (const origin of ['430100', '430200']) await source.take(pageOf(origin, 1)); // event 1 is missing
  const gate = Promise.withResolvers<void>();
  state.gate = gate.promise;
  const stuck = source.take(pageOf('430100', 2));
  expect(await reader.tend()).toBe(true);
  state.nowMs = 61_000;
  await reader.tend();
  expect(state.degraded).toContainEqual(['430100', 'up']);
  expect(state.degraded).toContainEqual(['430200', 'up']);
  gate.resolve();
  await stuck;
});

test('what of one feed cannot be noted keeps no other from being noted, and is noted later', async () => {
  const { reader, state, source } = bench();
  await source.feeds();
  for (const origin of ['430100', '430200']) await source.take(pageOf(origin, 1));
  [state.nowMs, state.isAway] = [61_000, true];
  expect(await reader.tend()).toBe(true);
  expect(state.degraded).toEqual([['430200', 'up']]);
  state.isAway = false;
  await reader.tend();
  expect(state.degraded).toContainEqual(['430100', 'up']);
});

test('a node that left the federation is forgotten', async () => {
  const { reader, state, source } = bench();
  await source.feeds();
  await source.take(pageOf('430100', 1));
  state.nodes = ['430000', '430200'];
  state.nowMs = 61_000;
  await reader.tend();
  expect(state.degraded).toEqual([]);
  expect(await source.take(pageOf('430100', 2))).toBeUndefined();
});
