import { randomBytes } from 'node:crypto';
import { context, metrics, SpanKind, trace, type Context, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DURATION_BUCKETS } from '../telemetry/measure-call.ts';
import { SCOPE } from '../telemetry/start-telemetry.ts';
import { contextOf, markFailed } from '../telemetry/traceparent.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Trace id of the request's span: what an error page and the log name. */
    traceId: string;
  }
}

interface Watched {
  span: Span;
  name?: string;
}
const watched = new WeakMap<FastifyRequest, Watched>();

/** The name under which the request's span and figures stand, where the route pattern says too little. Never from the address itself. */
export function nameRequest(request: FastifyRequest, name: string): void {
  const watch = watched.get(request);
  if (watch) watch.name = name;
}

/** Opens the request's span under the caller's trace and names its number to both sides. */
export function startTrace(request: FastifyRequest, reply: FastifyReply): Context {
  const { traceparent } = request.headers;
  const parent = contextOf(typeof traceparent === 'string' ? traceparent : undefined);
  const span = trace.getTracer(SCOPE).startSpan(request.method, { kind: SpanKind.SERVER }, parent);
  const inside = trace.setSpan(parent, span);
  watched.set(request, { span });
  const { traceId } = span.spanContext();
  request.traceId = /^0+$/.test(traceId) ? randomBytes(16).toString('hex') : traceId; // no telemetry: a number to quote all the same
  reply.header('x-trace-id', request.traceId);
  return inside;
}

/** Each request runs in a server span that continues the caller's trace, and is counted by method, route and status. */
export function watchRequests(app: FastifyInstance): void {
  const duration = metrics.getMeter(SCOPE).createHistogram('http_server_request_duration_seconds', {
    unit: 's',
    description: 'duration of HTTP requests',
    advice: { explicitBucketBoundaries: DURATION_BUCKETS },
  });
  app.decorateRequest('traceId', '');

  app.addHook('onRequest', (request, reply, done) => context.with(startTrace(request, reply), done));

  app.addHook('onError', async (request, _reply, error) => {
    const watch = watched.get(request);
    if (watch) markFailed(watch.span, error);
  });

  app.addHook('onResponse', async (request, reply) => {
    const watch = watched.get(request);
    if (!watch) return;
    const route = watch.name ?? request.routeOptions.url ?? 'unknown';
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'http.response.status_code': reply.statusCode };
    duration.record(reply.elapsedTime / 1000, attributes);
    watch.span.updateName(`${request.method} ${route}`).setAttributes(attributes).end();
    request.log.debug(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), traceId: request.traceId },
      'request',
    );
  });

  // A caller that hangs up (a long poll, mostly) gets no onResponse.
  app.addHook('onRequestAbort', async (request) => watched.get(request)?.span.end());
}
