import { createHash } from 'node:crypto';
import { interactionPolicy, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { DemoClient, DemoUser } from './demo-user.ts';
import { memoryStore } from './memory-store.ts';
import { logoutPage, messagePage, pageHeaders } from './pages.ts';
import type { SigningKey } from './signing-key.ts';

export interface RealmOptions {
  issuer: string;
  audience: string;
  clients: readonly DemoClient[];
  users: readonly DemoUser[];
  title: string;
  key: SigningKey;
}

const OIDC = '/protocol/openid-connect';
const ACCESS_TOKEN_SECONDS = 300;
const DAY_SECONDS = 8 * 3600;

/** The one resource of a realm: JWT access tokens for the node's audience, as Keycloak would make them. */
export function apiResource(audience: string, accessTokenTTL = ACCESS_TOKEN_SECONDS) {
  const jwt = { sign: { alg: 'RS256' as const } };
  return {
    resource: `urn:xiangjing:api:${audience}`,
    info: { scope: 'api', audience, accessTokenFormat: 'jwt' as const, accessTokenTTL, jwt },
  };
}

/** oidc-provider in Keycloak's URL shape and with its claims; every signed-in person has consented. */
export function realmProvider({ issuer, audience, clients, users, title, key }: RealmOptions): Provider {
  const { resource, info } = apiResource(audience);
  const userNamed = (username: string | undefined) => users.find((user) => user.username === username);
  const policy = interactionPolicy.base();
  policy.remove('consent');

  const configuration: Configuration = {
    adapter: memoryStore(),
    clients: clients.map(clientMetadata),
    jwks: { keys: [key.jwk as never] },
    cookies: { keys: [key.cookieSecret], names: cookieNames(issuer) },
    routes: {
      authorization: `${OIDC}/auth`,
      token: `${OIDC}/token`,
      jwks: `${OIDC}/certs`,
      userinfo: `${OIDC}/userinfo`,
      end_session: `${OIDC}/logout`,
      revocation: `${OIDC}/revoke`,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => info,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => logout(ctx, title, form),
        postLogoutSuccessSource: (ctx) => showMessage(ctx, title, '已退出', '已退出登录，可以关闭这个页面。'),
      },
    },
    interactions: { policy, url: (_ctx, { uid }) => `${new URL(issuer).pathname}/login/${uid}` },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => {
      const user = userNamed(id);
      return user && { accountId: id, claims: () => ({ sub: id, name: user.name, preferred_username: id }) };
    },
    extraTokenClaims: (_ctx, token) => {
      const { accountId, clientId } = token as { accountId?: string; clientId?: string };
      if (token.kind === 'ClientCredentials') return serviceClaims(clients.find((client) => client.clientId === clientId)!);
      const user = userNamed(accountId);
      return { ...user?.claims, typ: 'Bearer', azp: clientId, preferred_username: accountId, name: user?.name };
    },
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(resource, info.scope);
      await grant.save();
      return grant;
    },
    issueRefreshToken: () => true,
    pkce: { required: () => true },
    renderError: (ctx, { error, error_description: detail }) =>
      showMessage(ctx, title, '登录没有完成', `身份服务拒绝了这次请求（${error}${detail ? `：${detail}` : ''}）。请回到门户重新登录。`),
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      IdToken: 3600,
      Interaction: 1800,
      RefreshToken: DAY_SECONDS,
      Grant: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.use(returnAfterLogout);
  return provider;
}

/** What Keycloak says of a service account. */
const serviceClaims = ({ clientId, serviceGrants }: DemoClient) => ({
  typ: 'Bearer',
  azp: clientId,
  preferred_username: `service-account-${clientId}`,
  grants: serviceGrants,
});

function clientMetadata(client: DemoClient) {
  const { clientId, clientSecret, redirectUris, postLogoutRedirectUris = [], passwordGrant = false, serviceGrants } = client;
  const hasPages = redirectUris.length > 0; // else it is for scripts or services alone
  return {
    client_id: clientId,
    ...(clientSecret === undefined
      ? { token_endpoint_auth_method: 'none' as const }
      : {
          client_secret: clientSecret,
          token_endpoint_auth_method: serviceGrants ? ('client_secret_basic' as const) : ('client_secret_post' as const),
        }),
    grant_types: [
      ...(hasPages ? ['authorization_code', 'refresh_token'] : []),
      ...(passwordGrant ? ['password'] : []),
      ...(serviceGrants ? ['client_credentials'] : []),
    ],
    response_types: hasPages ? ['code' as const] : [],
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris,
  };
}

/** Ports do not part cookies, and the demo's nodes share one host: the names must. */
function cookieNames(issuer: string) {
  const mark = createHash('sha256').update(issuer).digest('hex').slice(0, 8);
  return { session: `idp_${mark}_session`, interaction: `idp_${mark}_interaction`, resume: `idp_${mark}_resume` };
}

/** Nobody is signed in here, or who is has brought an ID token of their own. */
function needsNoQuestion(ctx: KoaContextWithOIDC): boolean {
  const hint = ctx.oidc.entities.IdTokenHint as { payload?: { sub?: string } } | undefined;
  const account = ctx.oidc.session?.accountId;
  return account === undefined || hint?.payload?.sub === account;
}

/** Otherwise a link on any page could sign a person out: they are asked. The session's refresh tokens end with it. */
async function logout(ctx: KoaContextWithOIDC, title: string, form: string): Promise<void> {
  const { session, provider } = ctx.oidc;
  if (!session || !needsNoQuestion(ctx)) {
    ctx.set(pageHeaders(postLogoutOrigins(ctx)));
    ctx.body = logoutPage(title, form);
    return;
  }
  await session.destroy();
  ctx.cookies.set(provider.cookieName('session'), null);
}

/** Sends the browser back; the provider itself would show a form that needs a script or a click. */
async function returnAfterLogout(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (ctx.oidc?.route !== 'end_session' || ctx.status !== 200 || !needsNoQuestion(ctx)) return;
  const { post_logout_redirect_uri: back, state } = ctx.oidc.params as { post_logout_redirect_uri?: string; state?: string };
  const target = new URL(back ?? ctx.oidc.urlFor('end_session_success'));
  if (back !== undefined && state !== undefined) target.searchParams.set('state', state);
  ctx.status = 303;
  ctx.redirect(target.href);
}

const postLogoutOrigins = (ctx: KoaContextWithOIDC): string[] => {
  const back = ctx.oidc.params?.['post_logout_redirect_uri'];
  return typeof back === 'string' ? [new URL(back).origin] : [];
};

function showMessage(ctx: KoaContextWithOIDC, title: string, heading: string, text: string): void {
  ctx.set(pageHeaders());
  ctx.body = messagePage(title, heading, text);
}
