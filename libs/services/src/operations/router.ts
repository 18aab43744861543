import { procedure, router, taking } from '../kernel/procedure.ts';
import { federationCompare } from './federation-compare.ts';
import { federationStatus } from './federation-status.ts';
import { federationTrace } from './federation-trace.ts';
import { ComparisonAsked, FederationStatus, RecordJourney, TraceInput } from './schemas.ts';

export const operationsRouter = router({
  federation: router({
    status: procedure({
      action: 'federation.view',
      open: true,
      rest: { method: 'GET', path: '/federation/status', summary: '各节点、各视图收发到哪里', tags: ['operations'] },
    })
      .output(FederationStatus)
      .query(({ ctx }) => federationStatus(ctx)),
    trace: taking(
      {
        action: 'federation.trace',
        rest: { method: 'GET', path: '/federation/trace/{id}', summary: '一条记录从提交到省级收妥的每一步', tags: ['operations'] },
      },
      TraceInput,
    )
      .output(RecordJourney)
      .query(({ ctx, input }) => federationTrace(ctx, input)),
    compare: procedure({
      action: 'federation.compare',
      rest: {
        method: 'POST',
        path: '/federation/compare',
        summary: '立即比对收到的与对方发出的，不同的自动修复',
        status: 202,
        tags: ['operations'],
      },
    })
      .output(ComparisonAsked)
      .mutation(({ ctx }) => federationCompare(ctx)),
  }),
});
