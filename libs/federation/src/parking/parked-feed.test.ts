import { expect, test } from 'vitest';
import type { Applier } from '../apply/applier.ts';
import { digestOf, genesis, type FeedPosition } from '../core/feed.ts';
import { PARKING_LIMITS } from '../core/parking.ts';
import type { IncomingPage } from '../event-log.ts';
import { createParkedFeed } from './parked-feed.ts';
import type { LeftOut } from './set-aside.ts';

const FEED = { origin: '430100', view: 'up' };
const bytesOf = (seq: number) => Buffer.from(`event ${seq}`);
const pageOf = (from: number, count: number, more: Partial<IncomingPage> = {}): IncomingPage => ({
  ...FEED,
  road: 'kafka',
  epoch: 1,
  from,
  prev: null,
  events: Array.from({ length: count }, (_, index) => ({ bytes: bytesOf(from + 1 + index).toString('base64'), signature: '' })),
  headSeq: null,
  heardAt: new Date(0),
  peer: '430100',
  mark: { incarnation: 'a', nextOffset: from + count },
  ...more,
});

/** A feed whose events are numbers: the applier takes what follows its cursor, and all of it is sound. */
function bench() {
  let cursor: FeedPosition = genesis(FEED.origin, FEED.view);
  const state = { nowMs: 0, isAway: false, broken: 0, taken: [] as number[], marks: [] as (number | null)[], told: [] as LeftOut[] };
  const take = async (page: IncomingPage): ReturnType<Applier['take']> => {
    if (state.isAway) throw new Error('the database is away');
    const before = cursor.seq;
    for (let seq = page.from + 1; seq <= page.from + page.events.length; seq += 1) {
      if (seq > cursor.seq + 1) return { cursor, applied: 0, fault: { code: 'SEQUENCE_GAP', message: '', remedy: '' } };
      if (seq === state.broken) return { cursor, applied: cursor.seq - before, fault: { code: 'CHAIN_BROKEN', message: '', remedy: '' } };
      if (seq === cursor.seq + 1) {
        cursor = { epoch: 1, seq, digest: digestOf(bytesOf(seq)) };
        state.taken.push(seq);
      }
    }
    state.marks.push(page.mark?.nextOffset ?? null);
    return { cursor, applied: cursor.seq - before, fault: null };
  };
  const applier: Applier = {
    apply: take,
    take,
    verify: async (page) => page.events.map((_, index) => ({ event: { seq: page.from + 1 + index } as never })),
  };
  const query = async (sql: string, values: unknown[]) => {
    if (!sql.startsWith('select')) state.marks.push(values[3] as number);
    return { rows: [{ ...FEED, ...cursor, head_seq: 0, incarnation: null, log_offset: null, degraded: false }] };
  };
  const held = { ...FEED, cursor, mark: null, headSeq: 0, isDegraded: false };
  const setAside = async (record: LeftOut) => void state.told.push(record);
  const feed = createParkedFeed({ pool: { query } as never, applier, setAside, nowMs: () => state.nowMs }, held);
  return { feed, state, upTo: (seq: number) => expect(state.taken).toEqual(Array.from({ length: seq }, (_, index) => index + 1)) };
}

test('what lies behind a hole waits for it, however it is filled, and nothing is taken twice', async () => {
  const { feed, upTo } = bench();
  await feed.takeFromLog(pageOf(0, 2));
  for (const from of [3, 5, 7]) await feed.takeFromLog(pageOf(from, 2));
  expect(feed.hasGap()).toBe(true);
  upTo(2);
  await feed.takeFromHttps(pageOf(2, 3, { road: 'https', mark: null }));
  upTo(9);
  expect(feed.hasGap()).toBe(false);
  expect(feed.mark()).toEqual({ incarnation: 'a', nextOffset: 9 });
});

test('a backlog behind a hole is kept up to the limit; what lies farthest ahead is let go and comes by HTTPS', async () => {
  const { feed, state, upTo } = bench();
  for (let from = 1; from < 20_001; from += 500) await feed.takeFromLog(pageOf(from, 500));
  upTo(0);
  await feed.takeFromHttps(pageOf(0, 1, { road: 'https', mark: null }));
  expect(state.taken.length).toBeLessThanOrEqual(PARKING_LIMITS.events + 1);
  expect(state.taken.length).toBeGreaterThan(PARKING_LIMITS.events - 500);
  const { length } = state.taken;
  for (let from = length; from < 20_001; from += 500) await feed.takeFromHttps(pageOf(from, 500, { road: 'https', mark: null }));
  expect(state.taken.length).toBeGreaterThanOrEqual(20_001);
  upTo(state.taken.length);
});

test('while the database is away nothing parked is lost, and the page comes again', async () => {
  const { feed, state, upTo } = bench();
  await feed.takeFromLog(pageOf(2, 2));
  state.isAway = true;
  await expect(feed.takeFromLog(pageOf(0, 2))).rejects.toThrow('away');
  state.isAway = false;
  await feed.takeFromLog(pageOf(0, 2));
  upTo(4);
});

test('where reading goes on is not moved past what is parked: it would not come again after a restart', async () => {
  const { feed, state } = bench();
  await feed.takeFromLog(pageOf(0, 2));
  await feed.takeFromLog(pageOf(3, 2));
  await feed.takeFromLog(pageOf(0, 2, { mark: { incarnation: 'b', nextOffset: 8 } }));
  expect(state.marks).toEqual([2]);
  await feed.takeFromHttps(pageOf(2, 1, { road: 'https', mark: null }));
  await feed.takeFromLog(pageOf(0, 2, { mark: { incarnation: 'b', nextOffset: 9 } }));
  expect(feed.mark()).toEqual({ incarnation: 'b', nextOffset: 9 });
});

test('an event that does not follow the one before is left out and told; the rest waits behind it', async () => {
  const { feed, state, upTo } = bench();
  state.broken = 2;
  await feed.takeFromLog(pageOf(0, 4));
  expect(state.told).toMatchObject([{ at: 'event 2', code: 'CHAIN_BROKEN' }]);
  expect(feed.hasGap()).toBe(true);
  upTo(1);
  state.broken = 0;
  await feed.takeFromHttps(pageOf(1, 1, { road: 'https', mark: null }));
  upTo(4);
});

test('a hole that stays open for a minute is named', async () => {
  const { feed, state } = bench();
  await feed.takeFromLog(pageOf(3, 2));
  state.nowMs = 59_999;
  expect(feed.degradedReason()).toBeNull();
  state.nowMs = 60_000;
  expect(feed.degradedReason()).toBe('events 1 to 3 have not come by any road');
  await feed.takeFromHttps(pageOf(0, 3, { road: 'https', mark: null }));
  expect(feed.degradedReason()).toBeNull();
});

test('another epoch is left out: this feed does not follow it', async () => {
  const { feed, state, upTo } = bench();
  await feed.takeFromLog(pageOf(0, 1, { epoch: 2 }));
  expect(state.told).toMatchObject([{ code: 'SEQUENCE_GAP' }]);
  upTo(0);
});
