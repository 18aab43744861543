import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '../runtime.ts';
import { TARGET_NAMES } from '../target-names.ts';
import { TARGETS } from '../targets.ts';

interface Road {
  method: string | undefined;
  prefix: string;
  upstream: string;
}

/** Sends what other processes of this node answer to them, so that a split node has one address. Bodies pass byte for byte. */
export function mountFrontDoor({ app, config, targets }: Runtime): void {
  const roads = TARGET_NAMES.filter((name) => !targets.includes(name)).flatMap((name) => {
    const upstream = config.peers[name];
    return upstream ? TARGETS[name].answers.map((answer) => roadOf(answer, upstream)) : [];
  });
  if (roads.length === 0) return;
  void app.register(async (scope) => {
    const { default: replyFrom } = await import('@fastify/reply-from'); // most nodes are one process and never need it
    await scope.register(replyFrom, { disableRequestLogging: true });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const methods = ['GET', 'POST', 'PATCH'];
    for (const root of new Set(roads.map((r) => `/${r.prefix.split('/')[1]}`))) {
      scope.route({ method: methods, url: `${root}/*`, handler: forwarder(scope, roads) });
    }
  });
}

function roadOf(answer: string, upstream: string): Road {
  const [method, prefix] = answer.includes(' ') ? answer.split(' ') : [undefined, answer];
  return { method, prefix: prefix!, upstream };
}

const forwarder = (scope: FastifyInstance, roads: readonly Road[]) => (request: FastifyRequest, reply: FastifyReply) => {
  const road = roads.find((r) => request.url.startsWith(r.prefix) && (!r.method || r.method === request.method));
  if (!road) return reply.callNotFound();
  return reply.from(road.upstream + request.url, {
    onError: (failed, { error }) => {
      scope.log.warn({ err: error, upstream: road.upstream }, 'a process of this node does not answer');
      void failed.code(503).type('application/problem+json').send(unavailable(request.id));
    },
  });
};

const unavailable = (traceId: string) => ({
  type: 'about:blank',
  title: 'UPSTREAM_UNAVAILABLE',
  status: 503,
  detail: '本节点处理这类请求的进程没有应答',
  code: 'UPSTREAM_UNAVAILABLE',
  remedy: '稍后再试；运维员请查看该进程的日志',
  traceId,
  errors: [],
});
