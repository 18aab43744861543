import type { AnyRouter } from '@trpc/server';
import { DomainError } from '@xiangjing/scenario-sdk';
import { problemOf, type ServiceContext } from '@xiangjing/services';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathParameters, restRoutes, takesBody, type RestRoute } from './rest-routes.ts';
import { fromText } from './text-fields.ts';

export type MakeContext = (req: FastifyRequest, channel: ServiceContext['channel']) => Promise<ServiceContext>;

/** Mounts every REST route of `router` below `/api/v1`; calls run the same procedures as tRPC, middleware included. */
export function mountRest(app: FastifyInstance, router: AnyRouter, makeContext: MakeContext): void {
  void app.register(
    (scope, _options, done) => {
      scope.removeContentTypeParser('text/plain');
      for (const route of restRoutes(router))
        scope.route({
          method: route.rest.method,
          url: route.rest.path.replace(/\{(\w+)\}/g, ':$1'),
          handler: (req, reply) => answer(router, route, makeContext, req, reply),
        });
      done();
    },
    { prefix: '/api/v1' },
  );
}

async function answer(router: AnyRouter, route: RestRoute, makeContext: MakeContext, req: FastifyRequest, reply: FastifyReply) {
  reply.header('cache-control', 'no-store');
  let traceId: string | undefined;
  try {
    const context = await makeContext(req, 'rest');
    traceId = context.traceId;
    const result = await call(router, route.procedure, context, readInput(route, req));
    return await reply.code(route.rest.status ?? 200).send(result ?? null);
  } catch (cause) {
    const problem = problemOf(cause, { traceId: traceId ?? req.traceId, instance: req.url.split('?', 1)[0]! });
    if (problem.status >= 500) req.log.error({ err: cause, code: problem.code, traceId: problem.traceId }, 'a REST call failed');
    return reply.code(problem.status).type('application/problem+json').send(problem);
  }
}

function readInput(route: RestRoute, req: FastifyRequest): Record<string, unknown> | undefined {
  if (!route.input) return undefined;
  const params = fromText(route.input, req.params as Record<string, unknown>);
  if (!takesBody(route)) return { ...fromText(route.input, req.query as Record<string, unknown>), ...params };
  const body = (req.body ?? {}) as Record<string, unknown>;
  if (typeof body !== 'object' || Array.isArray(body))
    throw new DomainError('INPUT_INVALID', '正文应是一个 JSON 对象', { remedy: '按 /api/openapi.json 发送对象' });
  const named = pathParameters(route.rest.path).find((name) => Object.hasOwn(body, name));
  if (named) {
    const [message, remedy] = [`“${named}”写在地址里，不能写在正文里`, `从正文中去掉“${named}”`];
    throw new DomainError('MASS_ASSIGNMENT', message, {
      remedy,
      issues: [{ pointer: `/${named}`, code: 'MASS_ASSIGNMENT', message, remedy }],
    });
  }
  return { ...body, ...params };
}

type Caller = { [key: string]: Caller } & ((input: unknown) => Promise<unknown>);

function call(router: AnyRouter, procedure: string, context: ServiceContext, input: unknown): Promise<unknown> {
  const caller = router.createCaller(context) as unknown as Caller;
  return procedure.split('.').reduce((branch, key) => branch[key]!, caller)(input);
}
