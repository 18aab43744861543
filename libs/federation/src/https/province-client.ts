import { DomainError, z } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import type { Signer } from '../registry/keys.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { REQUEST_WINDOW_MS, signRequest } from './signed-request.ts';

export interface ProvinceRequest {
  method: 'GET' | 'POST';
  /** Path and query. */
  path: string;
  body?: string;
  timeoutMs: number;
  signal?: AbortSignal;
  traceparent?: string | undefined;
}
export interface ProvinceAnswer {
  status: number;
  body: unknown;
}
export interface ProvinceClient {
  ask(request: ProvinceRequest): Promise<ProvinceAnswer>;
  /** How far the province's clock is ahead of this node's; 0 below what the Date header can tell. */
  skewMs(): number;
}

const NOTICEABLE_MS = 2_000;
const Problem = z.object({ code: z.string(), detail: z.string(), remedy: z.string() });

/**
 * Signed requests to the province. Each answer carries its time: a node whose clock is off signs by that, and one refused for its
 * time asks once more.
 */
export function createProvinceClient(options: {
  signer: Signer;
  registry: RegistryStore;
  clock: Clock;
  fetch?: typeof fetch;
}): ProvinceClient {
  const { signer, registry, clock, fetch: send = fetch } = options;
  let skewMs = 0;

  async function askOnce({ method, path, body, timeoutMs, signal, traceparent }: ProvinceRequest): Promise<ProvinceAnswer> {
    const trust = registry.trust();
    if (!trust) throw new DomainError('REGISTRY_INVALID', 'this node has not joined', { remedy: 'xiangjing federation join' });
    const at = new Date(clock.now().getTime() + skewMs);
    const timeout = AbortSignal.timeout(timeoutMs);
    const response = await send(new URL(path, trust.provinceUrl), {
      method,
      headers: {
        ...signRequest(signer, { method, path, to: trust.province, body: body ?? '' }, at),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(traceparent ? { traceparent } : {}),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    }).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw unavailable(`the province does not answer at ${new URL(trust.provinceUrl).origin}`, cause);
    });
    const answer = await response.json().catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw unavailable('the answer of the province broke off', cause);
    });
    keepTime(response.headers.get('date'));
    return { status: response.status, body: answer };
  }

  function keepTime(date: string | null): void {
    const aheadMs = new Date(date ?? Number.NaN).getTime() - clock.now().getTime();
    if (Number.isFinite(aheadMs)) skewMs = Math.abs(aheadMs) < NOTICEABLE_MS ? 0 : aheadMs;
  }

  return {
    async ask(request) {
      const signedBy = skewMs;
      const answer = await askOnce(request);
      const isRefusedForTime = answer.status === 404 && Math.abs(skewMs - signedBy) >= REQUEST_WINDOW_MS / 2;
      return isRefusedForTime ? askOnce(request) : answer;
    },
    skewMs: () => skewMs,
  };
}

const unavailable = (message: string, cause: unknown) =>
  new DomainError('UPSTREAM_UNAVAILABLE', message, {
    remedy: 'nothing is lost: it is tried again; if it lasts, check route, proxy and firewall',
    cause,
  });

/** The province's refusal as an error of this node. */
export function refusalOf(answer: ProvinceAnswer): DomainError {
  const problem = Problem.safeParse(answer.body);
  const { code, detail, remedy } = problem.data ?? { code: '', detail: `the province answered ${answer.status}`, remedy: '' };
  const known = code === 'REQUEST_UNSIGNED' ? 'REQUEST_UNSIGNED' : answer.status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'INPUT_INVALID';
  return new DomainError(known, detail, { remedy });
}
