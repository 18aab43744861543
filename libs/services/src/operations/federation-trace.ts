import { traceJourney } from '@xiangjing/federation';
import { DomainError, readRecordId } from '@xiangjing/scenario-sdk';
import { allowedOrThrow } from '../kernel/allowed-or-throw.ts';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { notFound } from '../kernel/denied.ts';
import { parse } from '../kernel/input.ts';
import { queryable } from '../kernel/queryable.ts';
import { TraceInput, type RecordJourney } from './schemas.ts';
import { toldJourney } from './told-journey.ts';

/** The way of an own record from its commit to the province's row: for those who watch the node, whatever they may read of the record. */
export async function federationTrace(ctx: ServiceContext, raw: TraceInput): Promise<RecordJourney> {
  authorise(ctx, 'federation.trace');
  const { id } = parse(TraceInput, raw);
  const { subject } = allowedOrThrow(ctx, 'federation.trace');
  const origin = readRecordId(id)?.adcode ?? '';
  if (origin !== ctx.node.adcode)
    throw new DomainError('FOREIGN_RECORD', '这是其他节点的记录，它的轨迹由归属节点查', {
      remedy: `到节点 ${origin} 查`,
      details: { origin },
    });
  const journey = await traceJourney({
    pool: queryable(ctx.db),
    adcode: ctx.node.adcode,
    recordId: id,
    client: ctx.province ?? null,
  });
  if (journey.steps.length === 0) throw notFound({ subject, reason: 'NOT_FOUND', recordId: id });
  return toldJourney(journey);
}
