import type { AnyRouter } from '@trpc/server';
import type { ProcedureMeta } from '@xiangjing/services';
import { z } from '@xiangjing/scenario-sdk';

/** One REST route: a procedure with `meta.rest`, read from the router, so that REST and tRPC cannot drift apart. */
export interface RestRoute {
  procedure: string;
  rest: NonNullable<ProcedureMeta['rest']>;
  open: boolean;
  input: z.ZodObject | undefined;
  output: z.ZodType;
}

interface ProcedureDef {
  meta?: ProcedureMeta;
  inputs: z.ZodType[];
  output?: z.ZodType;
}

export function restRoutes(router: AnyRouter): RestRoute[] {
  const procedures = Object.entries(router._def.procedures as Record<string, { _def: ProcedureDef }>);
  return procedures.flatMap(([procedure, { _def: def }]) => {
    const rest = def.meta?.rest;
    if (!rest) return [];
    const input = def.inputs.at(-1);
    if (def.inputs.length > 1) throw new Error(`${procedure}: a public procedure has one input`);
    if (input && !(input instanceof z.ZodObject)) throw new Error(`${procedure}: the input of a public procedure is an object`);
    if (!def.output) throw new Error(`${procedure}: a public procedure declares its output`);
    for (const name of pathParameters(rest.path))
      if (!input?.shape[name]) throw new Error(`${procedure}: {${name}} of its path is not in its input`);
    return [{ procedure, rest, open: def.meta?.open === true, input, output: def.output }];
  });
}

export const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
export const takesBody = (route: RestRoute): boolean => route.rest.method !== 'GET';
