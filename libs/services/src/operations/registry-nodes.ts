import { z } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';

const RegistryNodes = z.object({ nodes: z.array(z.object({ adcode: z.string(), views: z.array(z.string()).catch([]) })) });

/** Who takes part, and which views each of them reads, by the newest registry; nobody where there is none. */
export async function registryNodes(ctx: ServiceContext): Promise<{ adcode: string; views: string[] }[]> {
  const newest = await ctx.db.registry.findFirst({ orderBy: { version: 'desc' }, select: { document: true } });
  return RegistryNodes.safeParse(newest?.document).data?.nodes ?? [];
}
