import type { Queryable } from '@xiangjing/db';
import { countRoads, newTally } from '@xiangjing/federation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queryable } from '../kernel/queryable.ts';
import { anonymous } from '../testing/people.ts';
import { createWorld, type World } from '../testing/world.ts';
import { roadCounts } from './road-counts.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const view of ['peer', 'up'])
    await world.sql(
      `insert into peer_cursor (origin, view, epoch, seq, digest, head_seq, heard_at) values ('430200', $1, 1, 0, 'd', 0, now())`,
      [view],
    );
});
afterAll(() => world[Symbol.asyncDispose]());

const arrive = (view: string, epoch: number, from: number, to: number, road: 'kafka' | 'https') =>
  world.sql(
    `insert into inbox (origin, view, epoch, seq, event_id, record_id, rev, outcome, road)
     select '430200', $1, $2, n, 'e', 'r', 1, 'applied', $5 from generate_series($3::int, $4::int) n`,
    [view, epoch, from, to, road],
  );

/** A process of the node: what it has counted, and what its last call read of the inbox. */
function watcher() {
  const count = newTally();
  const db = queryable(world.db);
  const read: number[] = [];
  const watched = {
    async query(text: string, values: unknown[]) {
      const found = await db.query<{ events: number }>(text, values);
      read.push(found.rows.reduce((sum, row) => sum + row.events, 0));
      return found;
    },
  } as unknown as Queryable;
  const counted = async () => {
    const found = await countRoads(count, watched);
    return Object.fromEntries(found.map(({ view, kafka, https }) => [view, [kafka, https]]));
  };
  return { counted, read };
}

it('counts only what came since it counted last, and every process comes to the same', async () => {
  const [one, other] = [watcher(), watcher()];
  expect(await one.counted()).toEqual({});
  await arrive('peer', 1, 1, 3, 'kafka');
  await arrive('peer', 1, 4, 5, 'https');
  await arrive('up', 1, 1, 7, 'https');
  expect(await one.counted()).toEqual({ peer: [3, 2], up: [0, 7] });
  expect(await one.counted()).toEqual({ peer: [3, 2], up: [0, 7] });
  await arrive('peer', 1, 6, 6, 'kafka');
  expect(await one.counted()).toEqual({ peer: [4, 2], up: [0, 7] });
  await arrive('peer', 2, 1, 2, 'https'); // a feed that began anew
  expect(await one.counted()).toEqual({ peer: [4, 4], up: [0, 7] });
  expect(await other.counted()).toEqual({ peer: [4, 4], up: [0, 7] });
  await arrive('up', 1, 8, 9, 'kafka');
  expect(await one.counted()).toEqual({ peer: [4, 4], up: [2, 7] });
  expect(await other.counted()).toEqual({ peer: [4, 4], up: [2, 7] });
  expect(one.read).toEqual([0, 12, 0, 1, 2, 2]);
  expect(other.read).toEqual([15, 2]);
});

it('counts nothing twice where several ask at once, and goes on after the database was away', async () => {
  const { counted } = watcher();
  const expected = { peer: [4, 4], up: [2, 7] };
  expect(await Promise.all([counted(), counted(), counted()])).toEqual([expected, expected, expected]);
  const count = newTally();
  const away = { query: () => Promise.reject(new Error('away')) } as unknown as Queryable;
  await expect(countRoads(count, away)).rejects.toThrow('away');
  expect(await countRoads(count, queryable(world.db))).toHaveLength(2);
  expect(await roadCounts(world.context(anonymous))).toContainEqual({ origin: '430200', view: 'up', kafka: 2, https: 7 });
});

it('finds new rows and the day by an index', async () => {
  const plan = async (text: string) => {
    const rows = await world.sql<{ 'QUERY PLAN': string }>(`explain ${text}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  await world.sql(
    `insert into inbox (origin, view, epoch, seq, event_id, record_id, rev, outcome, received_at)
     select '430300', 'peer', 1, n, 'e', 'r', 1, 'applied', timestamptz '2026-01-01Z' + n * interval '1 minute' from generate_series(1, 20000) n`,
  );
  await world.sql('analyze inbox');
  expect(
    await plan(`select road, count(*) from inbox where origin = '430300' and view = 'peer' and (epoch, seq) > (1, 19990) group by road`),
  ).toMatch(/Index.* on inbox|Index.*inbox_pkey/);
  expect(await plan(`select count(*) from inbox where outcome = 'applied' and received_at >= '2027-01-01Z'`)).toContain('inbox_received');
});
