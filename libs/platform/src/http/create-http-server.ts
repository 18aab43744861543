import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from '../log/create-logger.ts';
import { closeConnections } from './close-connections.ts';
import { acceptOnlyJson } from './json-body.ts';
import { defaultProblemOf, httpFaultOf, problemOfFault, ROUTE_UNKNOWN, type Problem } from './problem.ts';
import { restOfBody } from './rest-of-body.ts';
import { startTrace, watchRequests } from './request-telemetry.ts';

export interface HttpServerOptions {
  log: Logger;
  bodyLimitBytes: number;
  /** Addresses of the gateway in front, whose X-Forwarded headers are believed. */
  trustProxy?: boolean | string | string[];
  /** Asked before the router with the raw request; true means it answers itself. */
  before?: (req: IncomingMessage, res: ServerResponse) => boolean;
  /** How long requests still running may go on once the server closes. */
  closeGraceMs?: number;
  /** Shapes an error that a route threw. */
  problemOf?: (error: unknown, at: { traceId: string; instance: string }) => Problem;
}

const RECEIVE_TIMEOUT_MS = 60_000;

/** The node's one HTTP server: JSON in, problem details out, each request traced and counted. Routes come after. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { before = () => false, problemOf = defaultProblemOf } = options;
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    if (!request.traceId) startTrace(request, reply); // the framework refused it ahead of every hook
    const problem = problemOf(error, { traceId: request.traceId, instance: pathOf(request) });
    const line = { err: error, status: problem.status, code: problem.code, traceId: problem.traceId };
    if (problem.status >= 500) request.log.error(line, 'request failed');
    return sendProblem(reply, problem);
  };
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }), // request-telemetry.ts writes the one line, without the query
    bodyLimit: options.bodyLimitBytes,
    trustProxy: options.trustProxy ?? false,
    requestTimeout: RECEIVE_TIMEOUT_MS, // for receiving a request; answers (long polls) may take longer
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 5000 }, // tRPC puts its batched procedure names into one
    frameworkErrors: (error, request, reply) => void refuse(error, request, reply),
    serverFactory: (route) =>
      createServer({ requestTimeout: RECEIVE_TIMEOUT_MS }, (req, res) => void (before(req, res) || route(req, res))),
  });
  closeConnections(app, options.closeGraceMs);
  watchRequests(app);
  acceptOnlyJson(app);
  app.setErrorHandler(async (error, request, reply) => {
    if (httpFaultOf(error)?.status === 413) await restOfBody(request.raw);
    return refuse(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, problemOfFault(ROUTE_UNKNOWN, { traceId: request.traceId, instance: pathOf(request) })),
  );
  return app;
}

/** The path without the query: what a person searched for stays out of answers and logs. */
const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] as string;

const sendProblem = (reply: FastifyReply, problem: Problem) =>
  reply
    .code(problem.status)

    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
