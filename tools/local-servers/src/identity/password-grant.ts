import { errors, type Provider } from 'oidc-provider';
import { userOf, type DemoUser } from './demo-user.ts';
import { apiResource } from './realm-provider.ts';

const TOKEN_SECONDS = 3600;

/** User name and password for an access token: for scripts against the demo, by clients that are registered for it. */
export function addPasswordGrant(provider: Provider, users: readonly DemoUser[], audience: string): void {
  const { resource, info } = apiResource(audience, TOKEN_SECONDS);
  provider.registerGrantType<{ username?: string; password?: string }>(
    'password',
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const user = userOf(users, params.username ?? '', params.password ?? '');
      if (!user) throw new errors.InvalidGrant('user name or password is wrong');
      const grant = new provider.Grant({ clientId: client.clientId, accountId: user.username });
      grant.addResourceScope(resource, info.scope);
      const token = new provider.AccessToken({
        accountId: user.username,
        client,
        grantId: await grant.save(),
        gty: 'password',
        scope: info.scope,
      });
      token.resourceServer = new provider.ResourceServer(resource, info);
      ctx.oidc.entity('AccessToken', token);
      ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: token.tokenType, scope: info.scope };
    },
    ['username', 'password'],
  );
}
