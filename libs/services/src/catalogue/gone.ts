import { DomainError, type RetractReason } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import type { RecordRow } from './record-row.ts';
import { couldSee, decideStep, type Sight } from './sight.ts';

/**
 * A record that left its views is gone for whoever could see it, never silently absent; for everybody else there is none. The owner
 * learns with it what brings it back.
 */
export function goneOrThrow(ctx: ServiceContext, row: RecordRow, sight: Sight): void {
  const isWithdrawn = row.stage === 'withdrawn';
  const sees = sight.part !== 'none';
  if (sees && !isWithdrawn) return;
  if (!sees && (sight.decision.shown !== 'NOT_FOUND' || !couldSee(ctx, row))) return;
  const mayReopen = isWithdrawn && decideStep(ctx, row, 'reopen').effect === 'allow';
  throw recordGone(
    isWithdrawn ? 'withdrawn' : row.suspended ? 'suspended' : 'reopened',
    mayReopen ? { rev: Number(row.rev), verbs: ['reopen'] } : {},
  );
}

const TEXTS: Record<Exclude<RetractReason, 'label-raised'>, readonly [string, string]> = {
  withdrawn: ['记录已撤回', '需要时请与归属单位联系'],
  suspended: ['记录已暂停，暂不展示', '恢复后可再看；需要时请与归属单位联系'],
  reopened: ['记录已收回修改，重新发布后可见', '过些时候再看'],
};

export const recordGone = (reason: keyof typeof TEXTS, details: Record<string, unknown> = {}): DomainError =>
  new DomainError('RECORD_GONE', TEXTS[reason][0], { remedy: TEXTS[reason][1], details: { reason, ...details } });
