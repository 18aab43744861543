import { initTRPC, TRPCError } from '@trpc/server';
import type { Action } from '@xiangjing/authorization';
import { measureCall } from '@xiangjing/platform';
import { DomainError, z } from '@xiangjing/scenario-sdk';
import { authorise } from './authorise.ts';
import type { ServiceContext } from './context.ts';
import { isDenial } from './denied.ts';
import { inputError, issuesOf, knownKeys } from './input.ts';
import { nameError, problemOf } from './problem.ts';
import { checkRawOrThrow } from './raw-input.ts';
import { writeDenial } from './write-audit.ts';

/** What a procedure says of itself: the authorization action it is, and its REST face if it has one. */
export interface ProcedureMeta {
  action: Action;
  /** Callable without identity; the action says so too. */
  open?: boolean;
  rest?: {
    method: 'GET' | 'POST' | 'PATCH';
    path: `/${string}`;
    summary: string;
    status?: number;
    idempotent?: boolean;
    tags?: readonly string[];
  };
}

const t = initTRPC
  .context<ServiceContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const problem = problemOf(error, { traceId: ctx?.traceId ?? '' });
      return { ...shape, message: problem.detail, data: { ...shape.data, httpStatus: problem.status, problem } };
    },
  });
export const router = t.router;

const measured = t.middleware(({ path, next }) => measureCall(path, next, (result) => (result.ok ? undefined : nameError(result.error))));

/** tRPC's word for a status; the status itself and the problem travel beside it. */
const CODES: Record<number, TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  503: 'SERVICE_UNAVAILABLE',
};

/** Names every error once, and keeps refusals in the audit. */
const refusing = t.middleware(async ({ ctx, path, meta, getRawInput, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = nameError(result.error);
  if (error.code === 'INTERNAL') ctx.log.error({ err: result.error, procedure: path, traceId: ctx.traceId }, 'a call failed');
  if (isDenial(error)) await writeDenial(ctx, { action: meta?.action ?? path, error, raw: await getRawInput().catch(() => undefined) });
  throw new TRPCError({ code: CODES[error.status] ?? 'INTERNAL_SERVER_ERROR', message: error.message, cause: error });
});

const entering = t.middleware(async ({ ctx, path, meta, getRawInput, next }) => {
  if (!meta) throw new DomainError('UNKNOWN_ACTION', `${path} 没有声明授权动作`);
  authorise(ctx, meta.action);
  checkRawOrThrow(await getRawInput().catch(() => undefined)); // a body that cannot be read is told by whoever takes it
  return next();
});

/** Explains a refused input with the names that this body has. */
const explaining = (schema: z.ZodType) =>
  t.middleware(async ({ type, next }) => {
    const result = await next();
    if (result.ok || !(result.error.cause instanceof z.ZodError) || result.error.code !== 'BAD_REQUEST') return result;
    throw inputError(issuesOf(result.error.cause, { known: knownKeys(schema), isQuery: type === 'query' }));
  });

const base = t.procedure.use(measured).use(refusing).use(entering);

/** The one way to make a procedure: it states its action, and is authenticated unless `open`. */
export const procedure = (meta: ProcedureMeta) => base.meta(meta);

/** A procedure that takes an object. */
export const taking = <S extends z.ZodObject>(meta: ProcedureMeta, input: S) => base.meta(meta).use(explaining(input)).input(input);
