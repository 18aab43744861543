import { createIssuerKeys } from './issuer-keys.ts';
import { checkedGrant, loadGrantManager } from './grant-manager.ts';
import { checkTimes, claimsOf, refuseForeign } from './token-checks.ts';
import { TokenError } from './token-error.ts';
import { namedFault, type TokenVerifier, type TokenVerifierOptions } from './token-verifier.ts';

/**
 * The port on keycloak-connect. Nodes do not use it: by itself the library takes a token without `exp`, with one that is text, or
 * with `nbf` in the future, reads no `alg`, has no deadline and no single flight for keys, and dies of a key endpoint that answers
 * HTML. With our checks before and after it, and our keys, it passes the same suite as `createTokenVerifier`; but then jose alone does
 * the same with less. It stays as the second implementation that keeps the port and its suite honest, and as what `createKeycloakServices`
 * checks the tokens with that it gets.
 */
export function createGrantManagerVerifier(options: Omit<TokenVerifierOptions, 'algorithms'>): TokenVerifier {
  const { issuer, audience, clock = { now: () => new Date() } } = options;
  const keys = createIssuerKeys(options);
  const loading = loadGrantManager({ issuer, clientId: audience, isAudience: true, find: keys.find });
  loading.catch(() => undefined); // told to the first caller
  return {
    dropKeys: () => keys.drop(),
    async verify(token) {
      const header = refuseForeign(token, { issuer, audience, algorithms: ['RS256'] });
      await keys.find(header, { payload: '', signature: '' }).catch((error: unknown) => {
        throw namedFault(error); // the library's own text would not say whose fault it is
      });
      const grant = await checkedGrant(await loading, token).catch(({ message }: Error) => {
        throw new TokenError('TOKEN_INVALID', message.includes('expired') ? '令牌已过期。' : '令牌的签名或内容无效。', message);
      });
      const claims = claimsOf(grant.access_token.content);
      checkTimes(claims, clock.now());
      return claims;
    },
  };
}
