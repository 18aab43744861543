import { TARGETS } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import type { TargetFigure } from './schemas.ts';

/**
 * T5 of the plan: opportunity roots of kind small-incision, by the year of their first publication. Own facts and those of other
 * nodes together, each root once; facts that a label keeps in their city are a number beside, never added.
 */
export async function targets(ctx: ServiceContext): Promise<TargetFigure[]> {
  authorise(ctx, 'target.view');
  const line = TARGETS.find((target) => target.code === 'small-incision-published')!;
  const asOf = ctx.clock.now();
  const year = Number(dayOf(asOf).slice(0, 4));
  const published = { type: 'scenario.published', occurredOn: { gte: dateOf(`${year}-01-01`), lt: dateOf(`${year + 1}-01-01`) } };
  const counted = { ...published, scenarioKind: 'small-incision', rootId: { contains: ':opportunity:' } };
  const [own, received, sealed] = await Promise.all([
    ctx.db.fact.findMany({ where: { ...counted, reverses: null }, select: { rootId: true }, distinct: ['rootId'] }),
    ctx.db.replicaFact.findMany({ where: { ...counted, sealed: false }, select: { rootId: true }, distinct: ['rootId'] }),
    ctx.db.replicaFact.count({ where: { ...published, sealed: true } }),
  ]);
  const count = new Set([...own, ...received].map((fact) => fact.rootId)).size;
  return [{ id: 'T5', nameZh: line.name_zh, year, minimum: line.minimum, count, sealed, asOf: asOf.toISOString() }];
}
