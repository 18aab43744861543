import type { ServiceContext } from '../kernel/context.ts';
import type { Feed } from './feeds.ts';
import type { FederationStatus } from './schemas.ts';

/** The brokers as far as the database tells: whether they took what this node had for them and let it read, and which feeds move by them. */
export async function kafkaStatus(ctx: ServiceContext, feeds: readonly Feed[]): Promise<FederationStatus['kafka']> {
  const failing = await ctx.db.logCursor.count({ where: { errorCode: { not: null } } });
  const onRoad = (road: Feed['road']) => feeds.filter((feed) => feed.road === road).length;
  const configured = ctx.node.kafka ?? (onRoad('kafka') > 0 || feeds.some((feed) => feed.log !== null));
  const acked = feeds.flatMap(({ log }) => log?.ackedAt ?? []).toSorted();
  return {
    configured,
    state: !configured ? 'off' : failing > 0 ? 'failing' : 'ok',
    ackedAt: acked.at(-1) ?? null,
    reason: null,
    feeds: { kafka: onRoad('kafka'), https: onRoad('https') },
  };
}
