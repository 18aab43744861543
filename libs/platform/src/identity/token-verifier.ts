import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { TokenError } from './token-error.ts';

/** Checked claims of an access token; what else the token says stays beside them, unread. */
const Claims = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  iat: z.number(),
  typ: z.literal('Bearer'),
  azp: z.string().optional(),
  preferred_username: z.string().optional(),
  name: z.string().optional(),
  acr: z.string().optional(),
});
export type Claims = z.infer<typeof Claims>;

export interface TokenVerifier {
  verify(token: string): Promise<Claims>;
}
export interface TokenVerifierOptions {
  issuer: string;
  audience: string;
  /** Default: as the issuer's discovery document says, read on first use. */
  jwksUri?: string;
  clock?: { now(): Date };
  timeoutMs?: number;
}

const MAX_TOKEN_BYTES = 16 * 1024;

/**
 * Takes access tokens of one issuer for one audience. jose checks signature, algorithm, issuer, audience and times; `typ` it does not
 * read, and a future `iat` only under `maxTokenAge`, so both are asked for. The keys are fetched once for any number of unknown ones.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, clock = { now: () => new Date() } } = options;
  const keys = remoteKeys(options);
  return {
    async verify(token) {
      refuseForeign(token, issuer, audience);
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256', 'ES256'],
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: '24h',
        clockTolerance: 5,
        currentDate: clock.now(),
      }).catch((error: unknown) => {
        throw named(error);
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success) throw new TokenError('TOKEN_INVALID', `令牌的 ${claims.error.issues[0]?.path.join('.')} 不符合要求。`);
      return claims.data;
    },
  };
}

/** Looks at a token before any key is fetched: what is plainly not for us costs the identity server nothing. */
function refuseForeign(token: string, issuer: string, audience: string): void {
  if (token.length > MAX_TOKEN_BYTES) throw new TokenError('TOKEN_INVALID', '令牌过长。');
  const { iss, aud } = payloadOf(token);
  if (iss !== issuer) throw new TokenError('TOKEN_INVALID', '令牌不是本节点的身份服务签发的。');
  if (![aud].flat().includes(audience)) throw new TokenError('AUDIENCE', '令牌是给别的节点或服务的。');
}

function payloadOf(token: string) {
  try {
    return decodeJwt(token);
  } catch {
    throw new TokenError('TOKEN_INVALID', '令牌的格式不对。');
  }
}

/** Discovery, once successful, is kept; meanwhile callers share the attempt. jose keeps the keys and its own rhythm of fetching. */
function remoteKeys({ issuer, jwksUri, timeoutMs = 5_000 }: TokenVerifierOptions): JWTVerifyGetKey {
  const keySet = (uri: string) => createRemoteJWKSet(new URL(uri), { timeoutDuration: timeoutMs });
  let pending = jwksUri === undefined ? undefined : Promise.resolve(keySet(jwksUri));
  return async (header, token) => {
    pending ??= discoverKeys(issuer, timeoutMs).then(keySet);
    const keys = await pending.catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return keys(header, token);
  };
}

async function discoverKeys(issuer: string, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const document = z.object({ issuer: z.literal(issuer), jwks_uri: z.url({ protocol: /^https?$/ }) }).parse(await response.json());
    return document.jwks_uri;
  } catch (error) {
    throw new TokenError('UPSTREAM_UNAVAILABLE', '读不到身份服务的配置文档。', error);
  }
}

const TOKEN_FAULTS = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/**
 * A fault of the token, or else of the way to the keys: the second must not sign anybody out. jose's errors carry the whole payload,
 * so only their message goes along as the cause.
 */
function named(error: unknown): TokenError {
  if (error instanceof TokenError) return error;
  if (!TOKEN_FAULTS.some((fault) => error instanceof fault)) {
    return new TokenError('UPSTREAM_UNAVAILABLE', '读不到身份服务的签名公钥。', error);
  }
  const { message, claim } = error as Error & { claim?: string };
  const isExpired = error instanceof errors.JWTExpired;
  const text = isExpired ? '令牌已过期。' : claim ? `令牌的 ${claim} 不符合要求。` : '令牌的签名或算法无效。';
  return new TokenError('TOKEN_INVALID', text, message);
}
