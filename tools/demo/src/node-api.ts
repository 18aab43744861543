import { DemoError } from './demo-error.ts';

/** The script client of a node's demo realm. */
const CLIENT = 'xiangjing-scripts';

export interface NodeApi {
  adcode: string;
  url: string;
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

/** REST of one node, as a script would call it: a token from the demo realm, JSON both ways. */
export function createNodeApi(adcode: string, url: string, password: string): NodeApi {
  const tokens = new Map<string, Promise<{ text: string; until: number }>>();
  const token = async (user: string): Promise<string> => {
    let held = await tokens.get(user);
    if (!held || held.until < Date.now()) {
      const asked = askToken(adcode, url, { user, password });
      tokens.set(user, asked);
      held = await asked;
    }
    return held.text;
  };
  const call = async (method: string, path: string, more: { user?: string; body?: unknown; idempotencyKey?: string }): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(more.user ? { authorization: `Bearer ${await token(more.user)}` } : {}),
        ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(more.idempotencyKey ? { 'idempotency-key': more.idempotencyKey } : {}),
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok)
      throw new ProblemError(`${adcode} ${more.user ?? 'anonymous'}: ${method} ${path}`, response.status, answer as Problem);
    return answer;
  };
  return {
    adcode,
    url,
    token,
    get: (path, user) => call('GET', path, user ? { user } : {}),
    post: (path, body, as) => call('POST', path, { body, ...as }),
  };
}

async function askToken(
  adcode: string,
  url: string,
  { user, password }: { user: string; password: string },
): Promise<{ text: string; until: number }> {
  const form = new URLSearchParams({ grant_type: 'password', client_id: CLIENT, username: user, password });
  const response = await fetch(`${url}/realms/xiangjing-${adcode}/protocol/openid-connect/token`, {
    method: 'POST',
    body: form,
    signal: AbortSignal.timeout(15_000),
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: string; expires_in?: number; error_description?: string };
  if (!response.ok || !answer.access_token)
    throw new DemoError(
      `${url} gives no token for “${user}”: ${answer.error_description ?? response.status}`,
      'the demo prints its users when it starts; the password stands in .xiangjing/demo.json',
    );
  return { text: answer.access_token, until: Date.now() + ((answer.expires_in ?? 60) - 60) * 1000 };
}
