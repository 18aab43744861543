import * as client from 'openid-client';
import { TokenError } from './token-error.ts';

export interface SignInOptions {
  issuer: string;
  clientId: string;
  /** Without one the client is public and stands on PKCE alone. */
  clientSecret?: string;
  redirectUri: string;
  scope?: string;
  timeoutMs?: number;
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
  begin(): Promise<{ url: string; flow: SignInFlow }>;
  /** `callbackUrl` is the whole address the browser came back to. */
  complete(callbackUrl: URL, flow: SignInFlow): Promise<SignInTokens>;
  refresh(refreshToken: string): Promise<SignInTokens>;
  endSessionUrl(options: { idToken?: string; returnTo: string }): Promise<string>;
}

/** The server-side code flow with PKCE: tokens stay on the node. The issuer is asked on first use, so a node starts without it. */
export function createSignIn(options: SignInOptions): SignIn {
  const server = lazyServer(options);
  return {
    async begin() {
      const flow = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(await server(), {
        redirect_uri: options.redirectUri,
        scope: options.scope ?? 'openid profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: 'S256',
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

/** Keeps a discovery that worked; one that failed is tried again by the next caller. */
function lazyServer({ issuer, clientId, clientSecret, timeoutMs = 10_000 }: SignInOptions): () => Promise<client.Configuration> {
  const isPlain = issuer.startsWith('http:'); // the demo, and intranet nodes behind a gateway
  let pending: Promise<client.Configuration> | undefined;
  return () => {
    pending ??= client
      .discovery(new URL(issuer), clientId, undefined, clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret), {
        execute: isPlain ? [client.allowInsecureRequests] : [],
        timeout: timeoutMs / 1000,
      })
      .catch((error: unknown) => {
        pending = undefined;
        throw new TokenError('UPSTREAM_UNAVAILABLE', '读不到身份服务的配置文档。', error);
      });
    return pending;
  };
}

/** The issuer's refusal is a fault of the sign-in; silence of the issuer is not. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isSilence = error instanceof TypeError || (error as { name?: string }).name === 'TimeoutError';
    if (isSilence) throw new TokenError('UPSTREAM_UNAVAILABLE', '身份服务没有回答。', error);
    throw new TokenError('TOKEN_INVALID', '登录没有完成，或已失效。', error);
  }
}

function tokensOf(answer: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers): SignInTokens {
  return {
    accessToken: answer.access_token,
    idToken: answer.id_token,
    refreshToken: answer.refresh_token,
    expiresAt: new Date(Date.now() + (answer.expiresIn() ?? 60) * 1000),
  };
}
