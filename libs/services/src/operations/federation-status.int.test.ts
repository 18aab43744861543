import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { receive } from '../testing/replicas.ts';
import { draft, publishedRecord } from '../testing/samples.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await publishedRecord(world, { label: null });
  await draft(world);
  const { id } = await publishedRecord(world);
  await world.sql(`insert into projection_sent values ('up', $1, 4, 'live', 'c', 'd'), ('peer', $1, 4, 'live', 'c', 'd')`, [id]);
  await world.sql(`insert into feed_head values ('up', 1, 7, 'd')`);
  await world.sql(
    `insert into push_cursor values ('up', 1, 5, '2026-11-24T00:59:50Z', '2026-11-24T00:59:55Z', 'SEQUENCE_GAP', 'a detail', 0)`,
  );
  await receive(world, { view: 'peer', heardAt: '2026-11-24T00:30:00Z' });
  await receive(world, { origin: '430300', view: 'peer', heardAt: '2026-11-23T20:00:00Z' });
  await receive(world, { origin: '430400', view: 'peer' });
  await world.sql(
    `insert into refusal (at, peer, origin, view, code, message, remedy) values ('2026-11-24T00:00:00Z', '430000', '430200', 'peer', 'TIER_EXCEEDED', 'm', 'r')`,
  );
  await world.sql(
    `insert into refusal (at, peer, origin, view, code, message, remedy) values ('2026-11-24T00:10:00Z', '430000', '430200', 'peer', 'EVENT_MALFORMED', 'newer', 'r2'),
       ('2026-11-24T00:20:00Z', '430000', '430200', 'up', 'REPLAY', 'of another feed', 'r3'), ('2026-11-24T00:30:00Z', '430000', null, null, 'REPLAY', 'of no feed', 'r4')`,
  );
  await world.sql(
    `insert into log_cursor values ('up', 1, 6, 'life-1', 5, '2026-11-24T00:59:40Z', '2026-11-24T00:59:58Z', 'UPSTREAM_UNAVAILABLE', 'no broker answers')`,
  );
  await world.sql(`update push_cursor set road = 'kafka'`);
  await world.sql(
    `update peer_cursor set road = 'kafka', degraded_at = '2026-11-24T00:50:00Z', degraded_reason = 'events 2 to 4 are missing' where origin = '430200'`,
  );
  await world.sql(
    `insert into inbox (origin, view, epoch, seq, event_id, record_id, rev, outcome, road, received_at)
     select '430200', 'peer', 1, n, 'e' || n, 'r', 1, case n when 1 then 'stale' else 'applied' end, case when n <= 3 then 'kafka' else 'https' end,
       timestamptz '2026-11-23T15:59:00Z' + n * interval '1 minute' from generate_series(1, 5) n`, // the first two before midnight in China
  );
  await world.sql(`insert into peer_node values ('430200', '0.0.9', 1, '2026-11-24T00:59:50Z')`);
  await world.sql(`insert into comparison values ('430200', 'peer', '2026-11-24T00:40:00Z', 1, 5, false, 1, 2)`);
  await world.sql(
    `insert into repair (at, origin, view, record_id, rev, outcome, reason) values ('2026-11-24T00:40:00Z', '430200', 'peer', 'r', 3, 'restored', null)`,
  );
  await world.sql(`insert into egress_block values (gen_random_uuid(), 'up', $1, 'GUARD_BLOCKED', 'why', '2026-11-24T00:00:00Z')`, [id]);
});
afterAll(() => world[Symbol.asyncDispose]());

const status = (actor: Parameters<World['as']>[0]) => world.as(actor).operations.federation.status();

it('shows anybody how the federation stands', async () => {
  const seen = await status(anonymous);
  expect(seen).toMatchObject({
    node: { adcode: '430100', wireGeneration: 1 },
    own: { opportunity: 3, capability: 0 },
    federated: { opportunity: 1 },
    unclassified: 1,
    refusals: [],
    blocked: [],
  });
  expect(seen.outbox).toBeGreaterThan(0);
  expect(seen.feeds.find((feed) => feed.direction === 'out')).toMatchObject({ view: 'up', seq: 5, headSeq: 7, lag: 2, lastError: null });
  const states = Object.fromEntries(seen.nodes.map((node) => [node.adcode, node.state]));
  expect(states).toMatchObject({
    430100: 'self',
    430200: 'late',
    430300: 'silent',
    430400: 'current',
    430000: 'current',
    430500: 'unjoined',
  });
  expect(seen.nodes).toHaveLength(15);
  const zhuzhou = seen.nodes.find((node) => node.adcode === '430200');
  expect(zhuzhou).toMatchObject({ refused: 3, replicas: { opportunity: 1 }, pending: 0, release: '0.0.9', wireGeneration: 1 });
  const others = seen.nodes.filter((node) => node.adcode === '430100' || node.adcode === '430300');
  expect(others).toMatchObject([
    { release: '0.1.0', wireGeneration: 1 },
    { release: null, wireGeneration: null },
  ]);
  expect(seen.digests.find((digest) => digest.side === 'received' && digest.origin === '430200')).toMatchObject({ count: 1, view: 'peer' });
});

it('tells by which road each feed came, how far the log holds an own feed, and that a feed waits, to anybody', async () => {
  const { feeds, kafka, appliedToday } = await status(anonymous);
  const [up] = feeds.filter((feed) => feed.direction === 'out');
  expect(up).toMatchObject({ road: 'kafka', log: { seq: 6, headSeq: 7, lag: 1, ackedAt: '2026-11-24T00:59:40.000Z', lastError: null } });
  expect(feeds.find((feed) => feed.origin === '430200')).toMatchObject({
    road: 'kafka',
    roads: { kafka: 3, https: 2 },
    degraded: { reason: '', at: '2026-11-24T00:50:00.000Z' },
    lastRefusal: null,
    log: null,
  });
  expect(feeds.find((feed) => feed.origin === '430300')).toMatchObject({ road: 'https', roads: { kafka: 0, https: 0 }, degraded: null });
  expect(appliedToday).toBe(4);
  expect(kafka).toEqual({
    configured: true,
    state: 'failing',
    reason: null,
    ackedAt: '2026-11-24T00:59:40.000Z',
    feeds: { kafka: 2, https: 2 },
  });
});

it('calls the brokers off where the node has none, and well where they took everything', async () => {
  const of = async (kafka: boolean) => {
    const ctx = world.context(anonymous);
    return (await world.as(anonymous, { node: { ...ctx.node, kafka } }).operations.federation.status()).kafka;
  };
  expect(await of(false)).toMatchObject({ configured: false, state: 'off' });
  await world.sql(`update log_cursor set error_code = null`);
  expect(await of(true)).toMatchObject({ configured: true, state: 'ok' });
  await world.sql(`update log_cursor set error_code = 'UPSTREAM_UNAVAILABLE'`);
});

/** Texts for people that hold no Chinese; what stays behind them in English is called `detail`. */
function inEnglish(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['message', 'remedy', 'reason', 'text'].includes(key) && typeof inner === 'string' && !/\p{Script=Han}/u.test(inner)
      ? [`${key}: ${inner}`]
      : inEnglish(inner),
  );
}

it('shows refusals, blocked events and errors to those who run or watch it', async () => {
  for (const actor of [people.operator, people.coordinator, people.analyst, people.supervisor]) {
    const seen = await status(actor);
    expect(seen.detailed).toBe(true);
    expect(seen.refusals.map(({ detail }) => detail)).toEqual(['of no feed; r4', 'of another feed; r3', 'newer; r2', 'm; r']);
    expect(seen.blocked).toMatchObject([{ code: 'GUARD_BLOCKED', detail: 'why' }]);
    expect(seen.feeds[0]!.lastError).toMatchObject({ code: 'SEQUENCE_GAP', detail: 'a detail' });
    expect(seen.feeds[0]!.log).toMatchObject({ lastError: { code: 'UPSTREAM_UNAVAILABLE', detail: 'no broker answers' } });
    expect(seen.kafka.reason).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', detail: 'no broker answers', at: '2026-11-24T00:59:58.000Z' });
    const waiting = seen.feeds.find((feed) => feed.origin === '430200' && feed.view === 'peer')!;
    expect(waiting.degraded).toMatchObject({ detail: 'events 2 to 4 are missing' });
    expect(waiting.lastRefusal).toMatchObject({ at: '2026-11-24T00:10:00.000Z', code: 'EVENT_MALFORMED', detail: 'newer; r2' });
    expect(inEnglish(seen)).toEqual([]);
    expect(seen.feeds.filter((feed) => feed.lastRefusal)).toHaveLength(1);
    expect(seen.comparisons).toMatchObject([{ origin: '430200', view: 'peer', equal: false, repaired: 1, unknown: 2 }]);
    expect(seen.repairs).toMatchObject([{ recordId: 'r', rev: 3, outcome: 'restored', reason: null }]);
  }
  for (const actor of [people.owner, people.lead, people.enterprise])
    expect(await status(actor)).toMatchObject({ detailed: false, refusals: [], blocked: [], comparisons: [], repairs: [] });
});

it('shows another node what concerns its own feeds, and nothing else', async () => {
  const seen = await status({ type: 'node', adcode: '430200' });
  expect(seen.detailed).toBe(true);
  expect(seen.refusals.map(({ detail }) => detail)).toEqual(['of another feed; r3', 'newer; r2', 'm; r']);
  expect(seen.feeds.find((feed) => feed.origin === '430200')!.degraded!.reason).toMatch(/^第 \d+ 条起，两条路都还没有送到$/);
  expect(seen).toMatchObject({ comparisons: [{ origin: '430200' }], repairs: [{ recordId: 'r' }], blocked: [] });
  expect(seen.kafka).toMatchObject({ state: 'failing', reason: null });
  expect(seen.feeds[0]).toMatchObject({ lastError: null, log: { lastError: null } });
  const other = await status({ type: 'node', adcode: '430300' });
  expect(other).toMatchObject({ refusals: [], comparisons: [], repairs: [], blocked: [] });
  expect(other.feeds.find((feed) => feed.origin === '430200')!.degraded!.reason).toBe('');
});

it('takes the intents of the egress cursor out of the outbox', async () => {
  await world.sql(`update egress_cursor set seq = (select seq from stream_head where stream = 'intent')`);
  expect((await status(anonymous)).outbox).toBe(0);
});
