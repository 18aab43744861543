import { catalogueRouter, operationsRouter, router } from '@xiangjing/services';

/** Every procedure of a node, whichever process runs it. */
export const appRouter = router({ catalogue: catalogueRouter, operations: operationsRouter });
export type AppRouter = typeof appRouter;
