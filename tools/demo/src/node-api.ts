import { DemoError } from './demo-error.ts';

/** The script client of a node's demo realm. */
const CLIENT = 'xiangjing-scripts';

export interface NodeApi {
  adcode: string;
  url: string;
  identityUrl: string;
  /** A bearer token of a demo user, fresh for at least a minute. */
  token(user: string): Promise<string>;
  get(path: string, user?: string): Promise<unknown>;
  post(path: string, body: unknown, as: { user: string; idempotencyKey?: string }): Promise<unknown>;
}

/** A call that the node answered with a problem. */
export class ProblemError extends DemoError {
  readonly code: string;
  readonly status: number;
  constructor(call: string, status: number, problem: Problem) {
    const faults = (problem.errors ?? []).map((e) => `\n  ${e.pointer}: ${e.message} → ${e.remedy}`).join('');
    super(`${call} answered ${status} ${problem.code ?? ''}: ${problem.detail ?? ''}${faults}`, problem.remedy ?? '');
    this.code = problem.code ?? '';
    this.status = status;
  }
}
interface Problem {
  code?: string;
  detail?: string;
  remedy?: string;
  errors?: { pointer: string; message: string; remedy: string }[];
}

export interface NodeAccess {
  adcode: string;
  url: string;
  /** Where its users sign in: at itself, or at Keycloak. */
  identityUrl: string;
  password: string;
}

/** REST of one node, as a script would call it: a token from the demo realm, JSON both ways. */
export function createNodeApi({ adcode, url, identityUrl, password }: NodeAccess): NodeApi {
  const tokenFor = createTokens((user) => askToken(adcode, identityUrl, { user, password }));
  const call = async (method: string, path: string, more: { user?: string; body?: unknown; idempotencyKey?: string }): Promise<unknown> => {
    const response = await patiently(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(more.user ? { authorization: `Bearer ${await tokenFor(more.user)}` } : {}),
        ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(more.idempotencyKey ? { 'idempotency-key': more.idempotencyKey } : {}),
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok)
      throw new ProblemError(`${adcode} ${more.user ?? 'anonymous'}: ${method} ${path}`, response.status, answer as Problem);
    return answer;
  };
  return {
    adcode,
    url,
    identityUrl,
    token: tokenFor,
    get: (path, user) => call('GET', path, user ? { user } : {}),
    post: (path, body, as) => call('POST', path, { body, ...as }),
  };
}

/** Fifteen nodes and a Keycloak on two busy cores may let somebody wait. */
const PATIENCE_MS = 60_000;

async function patiently(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: Error) => {
    if (error.name !== 'TimeoutError') throw error;
    const remedy = 'is the machine busy? Start again: what is done stays done; fewer nodes: --nodes 430100,430200';
    throw new DemoError(`${url} gave no answer in ${PATIENCE_MS / 1000} s`, remedy, error);
  });
}

interface HeldToken {
  text: string;
  until: number;
}

/** Keeps each user's token as long as it is good; asks once at a time, because Keycloak refuses the second of two sign-ins at once. */
export function createTokens(ask: (user: string) => Promise<HeldToken>, now = Date.now): (user: string) => Promise<string> {
  const held = new Map<string, HeldToken>();
  const asked = new Map<string, Promise<HeldToken>>();
  return async (user) => {
    const last = held.get(user);
    if (last && last.until >= now()) return last.text;
    const asking = asked.get(user) ?? ask(user).finally(() => asked.delete(user));
    asked.set(user, asking);
    const fresh = await asking;
    held.set(user, fresh);
    return fresh.text;
  };
}

async function askToken(adcode: string, url: string, { user, password }: { user: string; password: string }): Promise<HeldToken> {
  const form = new URLSearchParams({ grant_type: 'password', client_id: CLIENT, username: user, password });
  const response = await patiently(`${url}/realms/xiangjing-${adcode}/protocol/openid-connect/token`, {
    method: 'POST',
    body: form,
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: string; expires_in?: number; error_description?: string };
  if (!response.ok || !answer.access_token)
    throw new DemoError(
      `${url} gives no token for “${user}”: ${answer.error_description ?? response.status}`,
      'the demo prints its users when it starts; the password stands in .xiangjing/demo.json',
    );
  return { text: answer.access_token, until: Date.now() + ((answer.expires_in ?? 60) - 60) * 1000 };
}
