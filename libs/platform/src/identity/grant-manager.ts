import { KeyObject } from 'node:crypto';
import type { Grant, GrantManager, Keycloak, KeycloakConfig, KeycloakOptions } from 'keycloak-connect';
import type { IssuerKeys } from './issuer-keys.ts';

/** What keycloak-connect reads of a token; its typings leave the content out. */
export interface CheckedGrant extends Grant {
  access_token: NonNullable<Grant['access_token']> & { token: string; content: Record<string, unknown> };
}
export interface GrantManagerOptions {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  /** Refuses tokens without `clientId` in their audience. */
  isAudience: boolean;
  find: IssuerKeys['find'];
}

/**
 * keycloak-connect's grant manager with the keys taken out of its hands: it would fetch them without deadline, once for every
 * concurrent caller, and end the process when the answer is no JSON. Loaded on first use, since most processes never need it.
 */
export async function loadGrantManager({ issuer, clientId, clientSecret, isAudience, find }: GrantManagerOptions): Promise<GrantManager> {
  const { default: KeycloakConnect } = (await import('keycloak-connect')) as unknown as {
    default: new (options: KeycloakOptions, config: KeycloakConfig) => Keycloak;
  };
  const [, server, realm] = /^(.+)\/realms\/([^/]+)$/.exec(issuer) ?? [];
  if (server === undefined || realm === undefined) throw new Error(`${issuer} is not <server>/realms/<realm>`);
  const config = {
    realm,
    'auth-server-url': server,
    resource: clientId,
    'bearer-only': clientSecret === undefined,
    'verify-token-audience': isAudience,
    ...(clientSecret === undefined ? {} : { credentials: { secret: clientSecret } }),
  };
  const { grantManager } = new KeycloakConnect({}, config as unknown as KeycloakConfig);
  const getJWK = async (kid: string | undefined) => {
    const header = { alg: 'RS256', ...(kid === undefined ? {} : { kid }) };
    return KeyObject.from(await find(header, { payload: '', signature: '' }));
  };
  return Object.assign(grantManager, { rotation: { getJWK } });
}

/** Checks a token the library's way: signature by RS256, issuer, `typ` Bearer, expiry, and the audience if it was told to. */
export async function checkedGrant(manager: GrantManager, token: string): Promise<CheckedGrant> {
  return (await manager.createGrant({ access_token: token } as never)) as CheckedGrant;
}
