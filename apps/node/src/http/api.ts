import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { catalogueRouter, operationsRouter, router } from '@xiangjing/services';
import type { AppRouter } from '../router.ts';
import type { Runtime } from '../runtime.ts';
import { contextMaker } from './context.ts';
import { mountRest } from './rest.ts';

/** tRPC and REST of the services that run in this process. */
export function mountApi(runtime: Runtime): void {
  const local = {
    ...(runtime.targets.includes('catalogue') ? { catalogue: catalogueRouter } : {}),
    ...(runtime.targets.includes('operations') ? { operations: operationsRouter } : {}),
  };
  if (Object.keys(local).length === 0) return;
  const served = router(local) as AppRouter;
  const { make } = contextMaker(runtime);
  void runtime.app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: { router: served, createContext: ({ req }) => make(req, 'trpc') },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
  mountRest(runtime.app, served, make);
}
