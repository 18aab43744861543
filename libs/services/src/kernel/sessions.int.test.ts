import { sealer } from '@xiangjing/platform';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clearExpired } from '../operations/clear-expired.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createSessionStore, type SessionStore } from './sessions.ts';

let world: World;
let store: SessionStore<{ accessToken: string }>;
beforeAll(async () => {
  world = await createWorld();
  store = createSessionStore({ db: world.db, sealer: sealer('a secret of this node, long enough'), clock: world.clock });
});
afterAll(() => world[Symbol.asyncDispose]());

const HOUR = 3_600_000;

it('keeps tokens sealed, under a digest of the id', async () => {
  const id = await store.create({ accessToken: 'token-canary' }, HOUR);
  expect(await store.read(id)).toEqual({ accessToken: 'token-canary' });
  const [row] = await world.sql<{ id: string; sealed: Buffer }>('select * from session');
  expect(row!.id).not.toBe(id);
  expect(row!.sealed.toString('latin1')).not.toContain('token-canary');
  expect(await store.read('another')).toBeUndefined();
});

it('does not open a row that was moved to another id', async () => {
  const [mine, theirs] = [await store.create({ accessToken: 'mine' }, HOUR), await store.create({ accessToken: 'theirs' }, HOUR)];
  await world.sql(`update session set sealed = (select sealed from session s order by created_at, id limit 1)`);
  const opened = await Promise.all([store.read(mine), store.read(theirs)]);
  expect(opened.filter((data) => data !== undefined).length).toBeLessThanOrEqual(1);
});

it('has no session for a browser whose session another secret sealed', async () => {
  const id = await store.create({ accessToken: 'a' }, HOUR);
  const after = createSessionStore({ db: world.db, sealer: sealer('the secret of a restored node, as long'), clock: world.clock });
  expect(await after.read(id)).toBeUndefined();
  expect(await store.read(id)).toEqual({ accessToken: 'a' });
});

it('ends on time, moves its end, and is cleared away', async () => {
  const id = await store.create({ accessToken: 'a' }, HOUR);
  world.clock.set('2026-11-24T09:59:00+08:00');
  expect(await store.refresh(id, { accessToken: 'b' }, HOUR)).toBe(true);
  world.clock.set('2026-11-24T10:30:00+08:00');
  expect(await store.read(id)).toEqual({ accessToken: 'b' });
  world.clock.set('2026-11-24T11:00:00+08:00');
  expect(await store.read(id)).toBeUndefined();
  expect(await store.refresh(id, { accessToken: 'c' }, HOUR)).toBe(false);
  expect((await clearExpired(world.context({ type: 'job', name: 'test' }))).sessions).toBeGreaterThan(0);
  expect(await world.sql('select from session')).toHaveLength(0);
});

it('is gone once deleted', async () => {
  const id = await store.create({ accessToken: 'a' }, HOUR);
  await store.delete(id);
  expect(await store.read(id)).toBeUndefined();
});
