import type { AnyRouter } from '@trpc/server';
import { z } from '@xiangjing/scenario-sdk';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { EXAMPLES } from './openapi-examples.ts';
import { pathParameters, restRoutes, takesBody, type RestRoute } from './rest-routes.ts';

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    remedy: z.string(),
    instance: z.string().optional(),
    traceId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string(), remedy: z.string() })),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details with a stable code' });

/** The OpenAPI 3.1 document of every procedure that has a REST path. */
export function openApiDocument(router: AnyRouter, release: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of restRoutes(router)) {
    const operations = (paths[`/api/v1${route.rest.path}`] ??= {});
    operations[route.rest.method.toLowerCase() as 'get' | 'post' | 'patch'] = operation(route);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '湘景 Xiangjing',
      version: release,
      description: 'REST face of a node. Errors are problem details; every change carries `rev`; POST /records honours `Idempotency-Key`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
}

function operation(route: RestRoute): ZodOpenApiOperationObject {
  const named = pathParameters(route.rest.path);
  const shape = Object.entries((route.input?.shape ?? {}) as Record<string, z.ZodType>);
  const part = (inPath: boolean) => z.strictObject(Object.fromEntries(shape.filter(([key]) => named.includes(key) === inPath)));
  const example = EXAMPLES[route.procedure];
  const problem = { description: 'problem details', content: { 'application/problem+json': { schema: Problem } } };
  return {
    operationId: route.procedure,
    summary: route.rest.summary,
    tags: [...(route.rest.tags ?? [])],
    ...(route.open ? {} : { security: [{ bearer: [] }] }),
    requestParams: {
      path: part(true),
      ...(takesBody(route) ? {} : { query: part(false) }),
      ...(route.rest.idempotent ? { header: z.object({ 'Idempotency-Key': z.string().max(200).optional() }) } : {}),
    },
    ...(takesBody(route)
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: part(false), ...(example?.request ? { example: example.request } : {}) } },
          },
        }
      : {}),
    responses: {
      [String(route.rest.status ?? 200)]: {
        description: 'ok',
        content: { 'application/json': { schema: route.output, ...(example?.response ? { example: example.response } : {}) } },
      },
      '4XX': problem,
      '5XX': problem,
    },
  };
}
