import { createTRPCUntypedClient, httpLink, TRPCClientError, type TRPCUntypedClient } from '@trpc/client';
import type { AnyRouter } from '@trpc/server';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from './context.ts';
import { isProblem } from './problem.ts';

/** One row of the table of targets: the router of a service, and where it runs if not in this process. */
export interface PeerRow<R extends AnyRouter = AnyRouter> {
  router: R;
  /** Where the process that runs it serves this router, as `http://host:port/trpc`; left out: this process. */
  url?: string;
  /** The service's branch in the router served there. */
  branch?: string;
}
export type Caller<R extends AnyRouter> = ReturnType<R['createCaller']>;
export type Peers<T extends Record<string, PeerRow>> = { readonly [K in keyof T]: (ctx: ServiceContext) => Caller<T[K]['router']> };

/** A process that took the call and never answers must not hold its caller: no call between services takes so long. */
const DEADLINE_MS = 10_000;

/**
 * Typed callers of services: in process when together, over HTTP with the caller's token when apart. For work that may be late;
 * what a verb decides on it reads itself, in its transaction.
 */
export function createPeers<T extends Record<string, PeerRow>>(rows: T, { timeoutMs = DEADLINE_MS } = {}): Peers<T> {
  const callers = Object.entries(rows).map(([name, row]) => [
    name,
    (ctx: ServiceContext) => (row.url ? remoteCaller(row, { url: row.url, timeoutMs }, ctx) : row.router.createCaller(ctx)),
  ]);
  return Object.fromEntries(callers) as Peers<T>;
}

type Procedures = Record<string, { _def: { type: 'query' | 'mutation' } }>;

function remoteCaller(row: PeerRow, { url, timeoutMs }: { url: string; timeoutMs: number }, ctx: ServiceContext): unknown {
  const headers = {
    ...(ctx.token ? { authorization: `Bearer ${ctx.token}` } : {}),
    ...(ctx.idempotencyKey ? { 'idempotency-key': ctx.idempotencyKey } : {}),
  };
  const client = createTRPCUntypedClient({ links: [httpLink({ url, headers })] });
  const call = { client, timeoutMs };
  const procedures = row.router._def.procedures as Procedures;
  const tree: Record<string, unknown> = {};
  for (const [path, procedure] of Object.entries(procedures)) {
    const names = path.split('.');
    const leaf = names.pop()!;
    const branch = names.reduce((at, name) => (at[name] ??= {}) as Record<string, unknown>, tree);
    const remotePath = row.branch ? `${row.branch}.${path}` : path;
    branch[leaf] = (input: unknown) => ask(call, procedure._def.type, remotePath, input);
  }
  return tree;
}

interface Call {
  client: TRPCUntypedClient<AnyRouter>;
  timeoutMs: number;
}

/** One call; a problem that the other process answered is thrown here as it was there. */
async function ask({ client, timeoutMs }: Call, type: 'query' | 'mutation', path: string, input: unknown): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await (type === 'query' ? client.query(path, input, { signal }) : client.mutation(path, input, { signal }));
  } catch (cause) {
    const data = cause instanceof TRPCClientError ? (cause.data as { problem?: unknown } | null) : null;
    if (data && isProblem(data.problem)) {
      const { code, detail, remedy, errors, details } = data.problem;
      throw new DomainError(code, detail, { remedy, issues: errors, ...(details ? { details } : {}), cause });
    }
    throw new DomainError('UPSTREAM_UNAVAILABLE', `本节点处理 ${path} 的进程没有应答`, {
      remedy: '稍后再试；运维员请查看该进程的日志',
      cause,
    });
  }
}
