import * as client from 'openid-client';

/** What an operator needs to know of a failure at the identity server. It is for the log and the verbs, not for who signs in. */
export interface Diagnosis {
  text: string;
  remedy: string;
  status?: number;
  /** The identity server's own error code. */
  error?: string;
}

const SECRET_REMEDY = '核对 XIANGJING_IDENTITY_CLIENT_SECRET 与身份服务里这个客户端的密钥，以及客户端的名字。';
const ISSUER_REMEDY = '核对 identity.issuer：地址和领域的名字要与身份服务里的一字不差。';
const AWAY_REMEDY = '检查身份服务是否在运行、网络和网关；用 xiangjing identity check 核对。';
const CLIENT_REFUSED = new Set(['invalid_client', 'unauthorized_client']);

/** Of a token request; undefined where the identity server named no error. */
export function diagnoseAnswer(failure: unknown): Diagnosis | undefined {
  const said = saidBy(failure);
  if (!said) return undefined;
  const { status, error } = said;
  const isClient = CLIENT_REFUSED.has(error);
  const remedy = isClient ? SECRET_REMEDY : '重新登录；再次出现时看身份服务自己的日志。';
  return { text: `身份服务${isClient ? '不接受本节点的客户端' : '拒绝'}：答 ${status} ${error}`, status, error, remedy };
}

/** Of the discovery document: an address where there is none is another fault than a server that is away. */
export function diagnoseDiscovery(issuer: string, failure: unknown): Diagnosis {
  const status = statusOf(failure);
  const address = `${issuer}/.well-known/openid-configuration`;
  if (status === undefined) return { text: `${address} 没有按约定回答`, remedy: AWAY_REMEDY };
  return { text: `${address} 答 ${status}`, status, remedy: isWrongAddress(status) ? ISSUER_REMEDY : AWAY_REMEDY };
}

export const isClientRefused = (diagnosis: Diagnosis | undefined): boolean =>
  diagnosis?.error !== undefined && CLIENT_REFUSED.has(diagnosis.error);

export const isWrongAddress = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500 && status !== 429;

function saidBy(failure: unknown): { status: number; error: string } | undefined {
  if (failure instanceof client.ResponseBodyError) return { status: failure.status, error: failure.error };
  if (!(failure instanceof client.WWWAuthenticateChallengeError)) return undefined;
  const error = failure.cause.flatMap(({ parameters }) => parameters['error'] ?? []).at(0);
  return { status: failure.status, error: error ?? 'invalid_client' }; // a challenge asks for the client's credentials
}

function statusOf(failure: unknown): number | undefined {
  if (failure instanceof client.ResponseBodyError) return failure.status;
  const { cause } = failure as { cause?: unknown };
  return cause instanceof Response && !cause.ok ? cause.status : undefined;
}
