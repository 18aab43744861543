import { requestComparison } from '@xiangjing/federation';
import { allowedOrThrow } from '../kernel/allowed-or-throw.ts';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { queryable } from '../kernel/queryable.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import type { ComparisonAsked } from './schemas.ts';

/** Asks for a comparison of every feed this node reads, now; apply does it, and what it finds stands in the status. */
export async function federationCompare(ctx: ServiceContext): Promise<ComparisonAsked> {
  authorise(ctx, 'federation.compare');
  const { subject, obligations } = allowedOrThrow(ctx, 'federation.compare');
  const feeds = await ctx.db.peerCursor.findMany({
    select: { origin: true, view: true },
    orderBy: [{ origin: 'asc' }, { view: 'asc' }],
  });
  await writeAudit(ctx.db, ctx, { action: 'federation.compare', subject, obligations });
  const askedAt = ctx.clock.now().toISOString();
  await requestComparison(queryable(ctx.db));
  return { askedAt, feeds };
}
