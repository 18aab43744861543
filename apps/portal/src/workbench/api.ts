import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@xiangjing/node/router';
import { problemOf } from './problem.ts';

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

/**
 * The one place that builds a client. Calls are not batched: behind one address the node's services may run in processes of
 * their own, and a batch would have to go to two of them.
 */
export const createApi = (csrf: string): TRPCClient<AppRouter> =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc', headers: { 'x-csrf': csrf } })] });

/** Asks again only where asking again can help. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && problemOf(error).status >= 500 } },
  });
