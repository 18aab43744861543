import { errors, jwtVerify } from 'jose';
import { createIssuerKeys, type IssuerKeysOptions } from './issuer-keys.ts';
import { CLOCK_TOLERANCE_S, claimsOf, MAX_TOKEN_AGE_S, refuseForeign, type Claims } from './token-checks.ts';
import { TokenError } from './token-error.ts';

/** Passes `tokenVerifierSuite` of `@xiangjing/platform/testing`. */
export interface TokenVerifier {
  verify(token: string): Promise<Claims>;
  /** The next token fetches the issuer's keys anew. */
  dropKeys(): void;
}
export interface TokenVerifierOptions extends IssuerKeysOptions {
  audience: string;
  /** Default: RS256 and ES256. */
  algorithms?: readonly string[];
  clock?: { now(): Date };
}

/**
 * Takes access tokens of one issuer for one audience. jose checks signature, algorithm, issuer, audience and times; `typ` it does not
 * read, and a future `iat` only under `maxTokenAge`, so both are asked for.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, algorithms = ['RS256', 'ES256'], clock = { now: () => new Date() } } = options;
  const keys = createIssuerKeys(options);
  return {
    dropKeys: () => keys.drop(),
    async verify(token) {
      refuseForeign(token, { issuer, audience, algorithms });
      const { payload } = await jwtVerify(token, keys.find, {
        issuer,
        audience,
        algorithms: [...algorithms],
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: MAX_TOKEN_AGE_S,
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: clock.now(),
      }).catch((error: unknown) => {
        throw namedFault(error);
      });
      return claimsOf(payload);
    },
  };
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
export function namedFault(error: unknown): TokenError {
  if (error instanceof TokenError) return error;
  if (!TOKEN_FAULTS.some((fault) => error instanceof fault)) {
    return new TokenError('UPSTREAM_UNAVAILABLE', '读不到身份服务的签名公钥。', error);
  }
  const { message, claim } = error as Error & { claim?: string };
  const isExpired = error instanceof errors.JWTExpired;
  const text = isExpired ? '令牌已过期。' : claim ? `令牌的 ${claim} 不符合要求。` : '令牌的签名或算法无效。';
  return new TokenError('TOKEN_INVALID', text, message);
}
