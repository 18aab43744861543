import { countRoads, newTally, type RoadCount, type RoadTally } from '@xiangjing/federation';
import type { ServiceContext } from '../kernel/context.ts';
import { queryable } from '../kernel/queryable.ts';

const tallies = new WeakMap<object, RoadTally>();

/** Events received of each feed by each road, as this process has counted them in the inbox. */
export function roadCounts(ctx: ServiceContext): Promise<RoadCount[]> {
  const tally = tallies.get(ctx.db) ?? newTally();
  tallies.set(ctx.db, tally);
  return countRoads(tally, queryable(ctx.db));
}
