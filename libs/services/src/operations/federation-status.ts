import { decide } from '@xiangjing/authorization';
import { federationRequestCount, readTroubles, type Troubles } from '@xiangjing/federation';
import { WIRE_GENERATION } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import { queryable } from '../kernel/queryable.ts';
import { digestsOf } from './digests-of.ts';
import { feedsOf } from './feeds.ts';
import { kafkaStatus } from './kafka-status.ts';
import { nodesOf } from './nodes.ts';
import { ownCounts } from './own-counts.ts';
import { roadCounts } from './road-counts.ts';
import type { FederationStatus } from './schemas.ts';
import { concerning, withTroubles } from './with-troubles.ts';

/** How the federation stands as this node sees it. What was refused or stopped, and why, is for those who run or watch it. */
export async function federationStatus(ctx: ServiceContext): Promise<FederationStatus> {
  authorise(ctx, 'federation.view');
  const { adcode, nameZh, release } = ctx.node;
  const now = ctx.clock.now();
  const [own, counts, appliedToday, digests, outbox] = await Promise.all([
    ownCounts(ctx),
    roadCounts(ctx),
    appliedSince(ctx, startOfDay(now)),
    digestsOf(ctx),
    outboxOf(ctx),
  ]);
  const feeds = await feedsOf(ctx, counts);
  const status: FederationStatus = {
    node: { adcode, nameZh, release, wireGeneration: WIRE_GENERATION },
    asOf: now.toISOString(),
    detailed: false,
    ...own,
    nodes: await nodesOf(ctx, feeds),
    feeds,
    digests,
    kafka: await kafkaStatus(ctx, feeds),
    comparisons: [],
    repairs: [],
    refusals: [],
    blocked: [],
    appliedToday,
    outbox,
    requestsReceived: federationRequestCount(),
  };
  const troubles = await troublesFor(ctx);
  return troubles ? withTroubles(status, troubles) : status;
}

/** A node is told of its own feeds what its operator needs; whoever watches this node sees everything. */
async function troublesFor(ctx: ServiceContext): Promise<Troubles | undefined> {
  if (ctx.actor.type !== 'node' && !mayWatch(ctx)) return undefined;
  const troubles = await readTroubles(queryable(ctx.db));
  return ctx.actor.type === 'node' ? concerning(troubles, ctx.actor.adcode) : troubles;
}

/** Errors, refusals, blocked events and comparisons are shown to node operators, coordinators, analysts and supervisors. */
export function mayWatch(ctx: ServiceContext): boolean {
  const request = { action: 'federation.view', actor: ctx.actor, home: ctx.node.adcode, now: ctx.clock.now(), part: 'body' } as const;
  return decide(request).effect === 'allow';
}

const appliedSince = (ctx: ServiceContext, since: Date): Promise<number> =>
  ctx.db.inbox.count({ where: { outcome: 'applied', receivedAt: { gte: since } } });

/** Intents committed and not yet through the egress worker. */
async function outboxOf(ctx: ServiceContext): Promise<number> {
  const cursor = await ctx.db.egressCursor.findFirst({ select: { seq: true } });
  return ctx.db.intent.count({ where: { seq: { gt: cursor?.seq ?? 0n } } });
}

/** Midnight in Asia/Shanghai. */
const startOfDay = (now: Date): Date => new Date(dateOf(dayOf(now)).getTime() - 8 * 3_600_000);
