import type { ServiceContext } from '../kernel/context.ts';
import { queryable } from '../kernel/queryable.ts';

interface RoadCount {
  origin: string;
  view: string;
  road: 'kafka' | 'https';
  events: number;
  /** Applied since the instant asked for. */
  applied: number;
}

/** Events received of each feed by each road: one pass over the inbox for all that is counted there. */
export async function roadCounts(ctx: ServiceContext, since: Date): Promise<RoadCount[]> {
  const { rows } = await queryable(ctx.db).query<RoadCount>(
    `select origin, view, road, count(*) events, count(*) filter (where outcome = 'applied' and received_at >= $1) applied
     from inbox group by origin, view, road`,
    [since],
  );
  return rows;
}
