import { procedure, router } from '../kernel/procedure.ts';
import { federationStatus } from './federation-status.ts';
import { FederationStatus } from './schemas.ts';

export const operationsRouter = router({
  federation: router({
    status: procedure({
      action: 'federation.view',
      open: true,
      rest: { method: 'GET', path: '/federation/status', summary: '各节点、各视图收发到哪里', tags: ['operations'] },
    })
      .output(FederationStatus)
      .query(({ ctx }) => federationStatus(ctx)),
  }),
});
