import { Kind, VIEWED_STAGES } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import type { FederationStatus } from './schemas.ts';

type Counts = FederationStatus['own'];

/** Own records: all, those in a view, and those that are sealed only because nobody classified them. */
export async function ownCounts(ctx: ServiceContext): Promise<Pick<FederationStatus, 'own' | 'federated' | 'unclassified'>> {
  const [all, sent, unclassified] = await Promise.all([
    ctx.db.record.groupBy({ by: ['kind'], _count: { id: true } }),
    ctx.db.projectionSent.findMany({ where: { state: 'live' }, select: { recordId: true }, distinct: ['recordId'] }),
    ctx.db.record.count({ where: { classified: false, stage: { in: [...VIEWED_STAGES] } } }),
  ]);
  return {
    own: countsOf(all.map(({ kind, _count }) => [kind, _count.id])),
    federated: countsOf(sent.map(({ recordId }) => [recordId.split(':')[3]!, 1])),
    unclassified,
  };
}

/** A count for each kind, none left out. */
export function countsOf(rows: readonly (readonly [kind: string, count: number])[]): Counts {
  const of = (kind: Kind) => rows.filter(([k]) => k === kind).reduce((sum, [, count]) => sum + count, 0);
  return Object.fromEntries(Kind.options.map((kind) => [kind, of(kind)])) as Counts;
}
