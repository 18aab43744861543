import * as client from 'openid-client';
import { diagnoseAnswer, diagnoseDiscovery, isWrongAddress } from './diagnosis.ts';
import { rested } from './rested.ts';
import { TokenError } from './token-error.ts';

export interface SignInOptions {
  issuer: string;
  clientId: string;
  /** Without one the client is public and stands on PKCE alone. */
  clientSecret?: string;
  redirectUri: string;
  scope?: string;
  timeoutMs?: number;
  /** How long an issuer whose discovery failed is left alone. */
  restMs?: number;
}
/** What the node keeps, sealed, between the start of a sign-in and the return of the browser. */
export interface SignInFlow {
  state: string;
  nonce: string;
  codeVerifier: string;
}
export interface SignInTokens {
  accessToken: string;
  idToken: string | undefined;
  refreshToken: string | undefined;
  expiresAt: Date;
}
export interface SignIn {
  /** `acr` asks for a sign-in of that level; the issuer refuses rather than give a weaker one. */
  begin(options?: { acr?: string }): Promise<{ url: string; flow: SignInFlow }>;
  /** `callbackUrl` is the whole address the browser came back to. */
  complete(callbackUrl: URL, flow: SignInFlow): Promise<SignInTokens>;
  refresh(refreshToken: string): Promise<SignInTokens>;
  endSessionUrl(options: { idToken?: string; returnTo: string }): Promise<string>;
}

/** The server-side code flow with PKCE: tokens stay on the node. The issuer is asked on first use, so a node starts without it. */
export function createSignIn(options: SignInOptions): SignIn {
  const server = lazyServer(options);
  return {
    async begin({ acr } = {}) {
      const flow = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(await server({ isThere: true }), {
        redirect_uri: options.redirectUri,
        scope: options.scope ?? 'openid profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: 'S256',
        ...(acr === undefined ? {} : { claims: JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } }) }),
      });
      return { url: url.href, flow };
    },
    async complete(callbackUrl, flow) {
      // The browser may reach us by another name than we know ourselves by; the issuer compares with what was registered.
      const returned = new URL(options.redirectUri);
      returned.search = callbackUrl.search;
      const checks = { expectedState: flow.state, expectedNonce: flow.nonce, pkceCodeVerifier: flow.codeVerifier, idTokenExpected: true };
      return tokensOf(await asked(client.authorizationCodeGrant(await server(), returned, checks)));
    },
    async refresh(refreshToken) {
      const tokens = tokensOf(await asked(client.refreshTokenGrant(await server(), refreshToken)));
      return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
    },
    async endSessionUrl({ idToken, returnTo }) {
      const hint: Record<string, string> = idToken === undefined ? { client_id: options.clientId } : { id_token_hint: idToken };
      return client.buildEndSessionUrl(await server(), { ...hint, post_logout_redirect_uri: returnTo }).href;
    },
  };
}

/** How long a discovery counts as proof that the issuer is there. */
const IS_THERE_MS = 3_000;

/**
 * Keeps a discovery that worked; one that failed is tried again by the next caller after a rest. `isThere` asks the issuer anew, so
 * that a browser is not sent to one that does not answer.
 */
function lazyServer(options: SignInOptions): (how?: { isThere: boolean }) => Promise<client.Configuration> {
  const { issuer, clientId, clientSecret, timeoutMs = 5_000, restMs = 2_000 } = options;
  const isPlain = issuer.startsWith('http:'); // the demo, and intranet nodes behind a gateway
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret);
  const settings = { execute: isPlain ? [client.allowInsecureRequests] : [], timeout: timeoutMs / 1000 };
  let found: { server: client.Configuration; at: number } | undefined;
  const discover = rested(async () => {
    const server = await client.discovery(new URL(issuer), clientId, undefined, authentication, settings).catch((error: unknown) => {
      throw unread(issuer, error);
    });
    found = { server, at: performance.now() };
    return server;
  }, restMs);
  return async ({ isThere } = { isThere: false }) => {
    const isGood = found && (!isThere || performance.now() - found.at < IS_THERE_MS);
    return isGood && found ? found.server : discover();
  };
}

/** Where there is no such realm, waiting does not help. */
function unread(issuer: string, error: unknown): TokenError {
  const diagnosis = diagnoseDiscovery(issuer, error);
  const remedy = isWrongAddress(diagnosis.status) ? '请告诉运维员核对身份服务的地址。' : undefined;
  return new TokenError('UPSTREAM_UNAVAILABLE', '读不到身份服务的配置文档。', error, remedy, diagnosis);
}

/** The issuer's refusal is a fault of the sign-in; its silence, or an answer that is none, is not. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isAway(error)) throw new TokenError('UPSTREAM_UNAVAILABLE', '身份服务没有按约定回答。', error);
    throw new TokenError('TOKEN_INVALID', '登录没有完成，或已失效。', error, undefined, diagnoseAnswer(error));
  }
}

const NO_ANSWER = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
]);

function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError) return error.status >= 500 || error.status === 429;
  if (error instanceof client.ClientError) return error.code === undefined ? isAway(error.cause) : NO_ANSWER.has(error.code);
  return error instanceof TypeError || (error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name));
}

function tokensOf(answer: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers): SignInTokens {
  return {
    accessToken: answer.access_token,
    idToken: answer.id_token,
    refreshToken: answer.refresh_token,
    expiresAt: new Date(Date.now() + (answer.expiresIn() ?? 60) * 1000),
  };
}
