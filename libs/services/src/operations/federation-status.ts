import { decide } from '@xiangjing/authorization';
import { federationRequestCount, feedDigests } from '@xiangjing/federation';
import { WIRE_GENERATION } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import { queryable } from '../kernel/queryable.ts';
import { feedsOf } from './feeds.ts';
import { nodesOf } from './nodes.ts';
import { ownCounts } from './own-counts.ts';
import type { FederationStatus } from './schemas.ts';

/** How the federation stands as this node sees it. What was refused or stopped, and why, is for those who run or watch it. */
export async function federationStatus(ctx: ServiceContext): Promise<FederationStatus> {
  authorise(ctx, 'federation.view');
  const { adcode, nameZh, release } = ctx.node;
  const now = ctx.clock.now();
  const watches = mayWatch(ctx);
  const [own, feeds, digests, outbox, appliedToday, refusals, blocked] = await Promise.all([
    ownCounts(ctx),
    feedsOf(ctx, watches),
    feedDigests(queryable(ctx.db), adcode),
    outboxOf(ctx),
    ctx.db.inbox.count({ where: { outcome: 'applied', receivedAt: { gte: startOfDay(now) } } }),
    watches ? ctx.db.refusal.findMany({ orderBy: { id: 'desc' }, take: 20 }) : [],
    watches ? ctx.db.egressBlock.findMany({ orderBy: { at: 'desc' }, take: 20 }) : [],
  ]);
  return {
    node: { adcode, nameZh, release, wireGeneration: WIRE_GENERATION },
    asOf: now.toISOString(),
    ...own,
    nodes: await nodesOf(ctx, feeds),
    feeds,
    digests,
    refusals: refusals.map(({ at, peer, origin, view, code, message, remedy }) => {
      return { at: at.toISOString(), peer, origin, view, code, message, remedy };
    }),
    blocked: blocked.map(({ recordId, view, code, reason, at }) => ({ recordId, view, code, reason, at: at.toISOString() })),
    appliedToday,
    outbox,
    requestsReceived: federationRequestCount(),
  };
}

/** Errors, refusals and blocked events are shown to node operators, coordinators, analysts and supervisors. */
function mayWatch(ctx: ServiceContext): boolean {
  const request = { action: 'federation.view', actor: ctx.actor, home: ctx.node.adcode, now: ctx.clock.now(), part: 'body' } as const;
  return decide(request).effect === 'allow';
}

/** Intents committed and not yet through the egress worker. */
async function outboxOf(ctx: ServiceContext): Promise<number> {
  const cursor = await ctx.db.egressCursor.findFirst({ select: { seq: true } });
  return ctx.db.intent.count({ where: { seq: { gt: cursor?.seq ?? 0n } } });
}

/** Midnight in Asia/Shanghai. */
const startOfDay = (now: Date): Date => new Date(dateOf(dayOf(now)).getTime() - 8 * 3_600_000);
