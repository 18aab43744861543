import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { TokenError } from './token-error.ts';

/** Checked claims of an access token; what else the token says stays beside them, unread. */
export const Claims = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  typ: z.literal('Bearer'),
  azp: z.string().optional(),
  preferred_username: z.string().optional(),
  name: z.string().optional(),
  acr: z.string().optional(),
});
export type Claims = z.infer<typeof Claims>;

const MAX_TOKEN_BYTES = 16 * 1024;
/** How far the clocks of node and identity server may be apart. */
export const CLOCK_TOLERANCE_S = 5;
/** No token is taken longer after it was made, whatever its `exp` says. */
export const MAX_TOKEN_AGE_S = 24 * 3600;

export interface Expected {
  issuer: string;
  /** Undefined: for whatever audience. */
  audience: string | undefined;
  algorithms: readonly string[];
}

/** Looks at a token before any key is fetched: what is plainly not for us costs the identity server nothing. */
export function refuseForeign(token: string, { issuer, audience, algorithms }: Expected): { alg: string; kid?: string } {
  if (token.length > MAX_TOKEN_BYTES) throw new TokenError('TOKEN_INVALID', '令牌过长。');
  const { header, payload } = partsOf(token);
  const { alg, kid, crit } = header;
  if (alg === undefined || !algorithms.includes(alg) || crit !== undefined) throw new TokenError('TOKEN_INVALID', '令牌的签名或算法无效。');
  if (payload.iss !== issuer) throw new TokenError('TOKEN_INVALID', '令牌不是本节点的身份服务签发的。');
  if (audience !== undefined && ![payload.aud].flat().includes(audience)) throw new TokenError('AUDIENCE', '令牌是给别的节点或服务的。');
  return kid === undefined ? { alg } : { alg, kid };
}

function partsOf(token: string) {
  try {
    return { header: decodeProtectedHeader(token), payload: decodeJwt(token) };
  } catch {
    throw new TokenError('TOKEN_INVALID', '令牌的格式不对。');
  }
}

/**
 * The claims of a token whose signature holds. A token bound to a certificate or key (`cnf`) is no bearer token: whoever presents it
 * would have to prove that it holds the key, and the node, behind its gateway, sees no proof.
 */
export function claimsOf(payload: unknown): Claims {
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw notFitting(claims.error.issues[0]?.path.join('.'));
  if (claims.data['cnf'] !== undefined) throw new TokenError('TOKEN_BINDING', '令牌绑定了证书或密钥，这里无法核对。');
  return claims.data;
}

/** For a library that does not look, or not at all of it. */
export function checkTimes({ exp, nbf, iat }: Claims, now: Date): void {
  const second = Math.floor(now.getTime() / 1000);
  if (exp <= second - CLOCK_TOLERANCE_S) throw new TokenError('TOKEN_INVALID', '令牌已过期。');
  if (nbf !== undefined && nbf > second + CLOCK_TOLERANCE_S) throw notFitting('nbf');
  if (iat > second + CLOCK_TOLERANCE_S || second - iat > MAX_TOKEN_AGE_S + CLOCK_TOLERANCE_S) throw notFitting('iat');
}

const notFitting = (claim: string | undefined) => new TokenError('TOKEN_INVALID', `令牌的 ${claim} 不符合要求。`);
