import { openListener } from '@xiangjing/db';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { receive } from '../testing/replicas.ts';
import { createWorld, refused, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await receive(world, { view: 'peer' });
  await receive(world, { origin: '430000', view: 'down' });
});
afterAll(() => world[Symbol.asyncDispose]());

const compare = (actor: Parameters<World['as']>[0]) => world.as(actor).operations.federation.compare();

it('wakes the comparisons of this node, names the feeds, and leaves an audit record', async () => {
  const heard: string[] = [];
  const listener = await openListener(world.database.apply, { xiangjing_compare: () => void heard.push('asked') });
  expect(await compare(people.operator)).toEqual({
    askedAt: '2026-11-24T01:00:00.000Z',
    feeds: [
      { origin: '430000', view: 'down' },
      { origin: '430200', view: 'peer' },
    ],
  });
  await expect.poll(() => heard).toContain('asked');
  await listener.close();
  const [audit] = await world.sql(`select effect, subject from audit where action = 'federation.compare'`);
  expect(audit).toMatchObject({ effect: 'allow' });
});

it('is for who runs or coordinates the node', async () => {
  expect((await compare(people.coordinator)).feeds).toHaveLength(2);
  for (const actor of [people.supervisor, people.analyst, people.owner, people.lead])
    expect(await refused(compare(actor))).toMatchObject({ code: 'ROLE', status: 403 });
  expect(await refused(compare(anonymous))).toMatchObject({ code: 'UNAUTHENTICATED' });
});
