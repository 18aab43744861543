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
  expect(seen.nodes.find((node) => node.adcode === '430200')).toMatchObject({ refused: 1, replicas: { opportunity: 1 }, pending: 0 });
  expect(seen.digests.find((digest) => digest.side === 'received' && digest.origin === '430200')).toMatchObject({ count: 1, view: 'peer' });
});

it('shows refusals, blocked events and errors to those who run or watch it', async () => {
  for (const actor of [people.operator, people.coordinator, people.analyst, people.supervisor]) {
    const seen = await status(actor);
    expect(seen.refusals).toMatchObject([{ code: 'TIER_EXCEEDED', origin: '430200', remedy: 'r' }]);
    expect(seen.blocked).toMatchObject([{ code: 'GUARD_BLOCKED', reason: 'why' }]);
    expect(seen.feeds[0]!.lastError).toMatchObject({ code: 'SEQUENCE_GAP', text: 'a detail' });
  }
  for (const actor of [people.owner, people.lead, people.enterprise]) expect((await status(actor)).refusals).toEqual([]);
});

it('takes the intents of the egress cursor out of the outbox', async () => {
  await world.sql(`update egress_cursor set seq = (select seq from stream_head where stream = 'intent')`);
  expect((await status(anonymous)).outbox).toBe(0);
});
