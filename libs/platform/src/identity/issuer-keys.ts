import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type CryptoKey,
  type FetchImplementation,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from 'jose';
import { z } from 'zod';
import { rested } from './rested.ts';
import { TokenError } from './token-error.ts';

export interface IssuerKeysOptions {
  issuer: string;
  /** Default: as the issuer's discovery document says, read on first use. */
  jwksUri?: string;
  timeoutMs?: number;
  /** How long an identity server that failed is left alone. */
  restMs?: number;
  /** When known keys are asked for again. */
  maxAgeMs?: number;
}
export interface IssuerKeys {
  find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey>;
  /** Forgets discovery and keys: the next token fetches anew. For an operator who has taken a key out of use. */
  drop(): void;
}

/**
 * The public keys of an issuer. jose fetches them once for any number of callers, again for an unknown key id (at most every 30 s)
 * and when they are ten minutes old. Around it stand a deadline, a rest after each failure, and the last known keys for the time in
 * which the issuer is away: who is signed in goes on, nobody waits for it at every call.
 */
export function createIssuerKeys({
  issuer,
  jwksUri,
  timeoutMs = 5_000,
  restMs = 5_000,
  maxAgeMs = 600_000,
}: IssuerKeysOptions): IssuerKeys {
  const open = async () => {
    const uri = jwksUri ?? (await discoverKeys(issuer, timeoutMs));
    return createRemoteJWKSet(new URL(uri), { timeoutDuration: timeoutMs, cacheMaxAge: maxAgeMs, [customFetch]: restedFetch(restMs) });
  };
  let opened = rested(open, restMs);
  let set: Awaited<ReturnType<typeof open>> | undefined;
  return {
    async find(header, token) {
      const keys = set ?? (set = await opened());
      try {
        return await keys(header, token);
      } catch (error) {
        const known = keys.jwks();
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || !known) throw error;
        return createLocalJWKSet(known)(header, token).catch(() => {
          throw error; // the key may be a new one: that is not the token's fault
        });
      }
    },
    drop() {
      set = undefined;
      opened = rested(open, restMs);
    },
  };
}

const KeySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Answers jose with a key set or not at all, so that every way to fail counts as one. */
const restedFetch = (restMs: number): FetchImplementation =>
  rested(async (url, init) => {
    const response = await fetch(url, init);
    if (response.status !== 200) throw new Error(`the key endpoint answered ${response.status}`);
    return Response.json(KeySet.parse(await response.json()));
  }, restMs);

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
