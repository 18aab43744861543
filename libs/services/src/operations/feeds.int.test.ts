import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous } from '../testing/people.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.sql(`insert into feed_head values ('peer', 1, 3, 'd'), ('public', 1, 3, 'd'), ('up', 1, 3, 'd')`);
  await world.sql(
    `insert into push_cursor (view, epoch, seq, acked_at, road) values ('up', 1, 3, now(), 'kafka'), ('peer', 1, 0, now(), 'https')`,
  );
  await world.sql(
    `insert into peer_cursor (origin, view, epoch, seq, digest, head_seq, heard_at, road)
     values ('430000', 'down', 1, 0, 'd', 0, now(), 'https'), ('430200', 'peer', 1, 5, 'd', 5, now(), 'kafka')`,
  );
});
afterAll(() => world[Symbol.asyncDispose]());

async function feeds(kafka?: boolean) {
  const { node } = world.context(anonymous);
  const status = await world.as(anonymous, { node: { ...node, ...(kafka === undefined ? {} : { kafka }) } }).operations.federation.status();
  return Object.fromEntries(status.feeds.map(({ origin, view, road, isRead }) => [`${origin} ${view}`, { road, isRead }]));
}

it('has no road for a feed of which nothing has moved yet, and none for a view that nobody reads', async () => {
  expect(await feeds()).toEqual({
    '430100 peer': { road: null, isRead: true },
    '430100 public': { road: null, isRead: false },
    '430100 up': { road: 'kafka', isRead: true },
    '430000 down': { road: null, isRead: true },
    '430200 peer': { road: 'kafka', isRead: true },
  });
});

it('has HTTPS alone where the node has no brokers any more', async () => {
  expect(await feeds(false)).toMatchObject({ '430100 up': { road: 'https' }, '430200 peer': { road: 'https' } });
  expect(await feeds(true)).toMatchObject({ '430100 up': { road: 'kafka' }, '430200 peer': { road: 'kafka' } });
});

it('has a reader once a node of the registry reads the view, and not because this node does', async () => {
  const registry = (adcode: string) => JSON.stringify({ nodes: [{ adcode, views: ['public'] }] });
  await world.sql(`insert into registry (version, document, bytes, signature) values (1, $1, '', 's')`, [registry('430100')]);
  expect((await feeds())['430100 public']).toEqual({ road: null, isRead: false });
  await world.sql(`insert into registry (version, document, bytes, signature) values (2, $1, '', 's')`, [registry('430000')]);
  expect((await feeds())['430100 public']).toEqual({ road: 'https', isRead: true });
});
