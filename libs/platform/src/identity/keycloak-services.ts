import { decodeJwt } from 'jose';
import type { GrantManager } from 'keycloak-connect';
import { guardedExchange } from './guarded-exchange.ts';
import { checkedGrant, loadGrantManager, type CheckedGrant } from './grant-manager.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { TokenError } from './token-error.ts';

export interface KeycloakServicesOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  timeoutMs?: number;
  clock?: { now(): Date };
}
export interface KeycloakServices {
  /** An access token of the client's own service account, kept until 20 s before it ends. */
  token(): Promise<string>;
  /** Asks the issuer whether the token still holds. Only a client in the token's audience is told; any other gets `false`. */
  introspect(token: string): Promise<boolean>;
  /** What keycloak-connect reads of a token of this issuer: `has('realm:<role>')`, `has('<client>:<role>')`, `has('<role of ours>')`. */
  roles(token: string): Promise<{ has(role: string): boolean }>;
}

const RENEW_BEFORE_MS = 20_000;

/**
 * What a service account does at its realm, by keycloak-connect: client credentials, introspection, role reading. Each exchange has a
 * deadline and must answer with JSON; any number of callers share one. Nothing here names the secret, in an error neither.
 */
export function createKeycloakServices(options: KeycloakServicesOptions): KeycloakServices {
  const { issuer, clientId, clientSecret, timeoutMs = 5_000, clock = { now: () => new Date() } } = options;
  const keys = createIssuerKeys({ issuer, timeoutMs, jwksUri: `${issuer}/protocol/openid-connect/certs` });
  let loading: Promise<GrantManager> | undefined;
  const manager = () => (loading ??= loadGrantManager({ issuer, clientId, clientSecret, isAudience: false, find: keys.find }));
  const exchange = async <T>(call: (manager: GrantManager) => Promise<T>): Promise<T> => {
    const loaded = await manager();
    return guardedExchange(() => call(loaded), { timeoutMs }).catch((error: unknown) => {
      throw named(error, clientId);
    });
  };
  let held: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const grant = (await exchange((m) => m.obtainFromClientCredentials(undefined, 'profile'))) as CheckedGrant;
    const { token } = grant.access_token;
    held = { token, until: (decodeJwt(token).exp ?? 0) * 1000 - RENEW_BEFORE_MS };
    return token;
  }
  return {
    token() {
      if (held && clock.now().getTime() < held.until) return Promise.resolve(held.token);
      return (asking ??= ask().finally(() => (asking = undefined)));
    },
    introspect: async (token) => (await exchange((m) => m.validateAccessToken(token))) !== false,
    async roles(token) {
      const grant = await checkedGrant(await manager(), token).catch(({ message }: Error) => {
        throw new TokenError('TOKEN_INVALID', '令牌的签名或内容无效。', message);
      });
      return { has: (role) => grant.access_token.hasRole(role) };
    },
  };
}

/** keycloak-connect says a refusal as `401:Unauthorized`; anything else is silence or nonsense of the issuer. */
function named(error: unknown, clientId: string): TokenError {
  const message = error instanceof Error ? error.message : String(error);
  const status = Number(/^(\d{3}):/.exec(message)?.[1]);
  if (!(status >= 400 && status < 500) || status === 429)
    return new TokenError('UPSTREAM_UNAVAILABLE', '身份服务没有按约定回答。', message);
  const remedy = `核对 identity.services 中 ${clientId} 的密钥，以及身份服务里这个客户端是否启用了服务账号。`;
  return new TokenError('TOKEN_INVALID', `身份服务拒绝了服务账号 ${clientId}（${status}）。`, message, remedy);
}
