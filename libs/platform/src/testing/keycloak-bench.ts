import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { testKeycloak } from '../testing.ts';
import type { TokenBench } from './token-bench.ts';

const ADCODE = '430100';
const REALM = `xiangjing-${ADCODE}`;

/** A realm of this run's Keycloak, with a signing key that we gave it and clients that make odd tokens. All of it is taken away at the end. */
export async function openKeycloakBench(): Promise<TokenBench> {
  const { url, person } = testKeycloak();
  const issuer = `${url}/realms/${REALM}`;
  const audience = REALM;
  const made: string[] = [];
  const make = async (path: string, body: object) => void made.push(await adminPost(`/${REALM}${path}`, body));

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await make('/components', {
    name: 'attacker',
    providerId: 'rsa',
    providerType: 'org.keycloak.keys.KeyProvider',
    config: {
      priority: ['1'],
      enabled: ['true'],
      active: ['false'], // published, never used for signing by the realm itself
      algorithm: ['RS256'],
      privateKey: [privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    },
  });
  const { keys } = (await (await fetch(`${issuer}/protocol/openid-connect/certs`)).json()) as { keys: { kid: string; n?: string }[] };
  const { n } = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = keys.find((key) => key.n === n)?.kid;
  if (kid === undefined) throw new Error('Keycloak does not publish the key it was given');

  await make('/clients', oddClient('odd-id-token', { mappers: [audienceMapper(audience, 'id.token.claim')] }));
  await make('/clients', oddClient('odd-no-audience', {}));
  await make('/clients', oddClient('odd-es256', { mappers: [audienceMapper(audience, 'access.token.claim')], algorithm: 'ES256' }));
  const token = async (clientId: string, realm = REALM) => {
    const answer = await tokenRequest(realm, { grant_type: 'password', client_id: clientId, scope: 'openid', ...person });
    return answer as { access_token: string; id_token: string; refresh_token: string };
  };
  return {
    issuer,
    audience,
    key: { privateKey, kid },
    good: async () => (await token('xiangjing-scripts')).access_token,
    foreign: async () => {
      const [scripts, idToken] = [await token('xiangjing-scripts'), await token('odd-id-token')];
      return {
        'an ID token': scripts.id_token,
        'an ID token whose audience fits': idToken.id_token,
        'a refresh token': scripts.refresh_token,
        'a token of a client that asks for another audience': (await token('odd-no-audience')).access_token,
        'a token signed by ES256': (await token('odd-es256')).access_token,
        'a token of another realm': (await token('xiangjing-scripts', 'xiangjing-430200')).access_token,
      };
    },
    async [Symbol.asyncDispose]() {
      for (const path of made) await admin('DELETE', path);
    },
  };
}

const audienceMapper = (audience: string, where: 'id.token.claim' | 'access.token.claim') => ({
  name: 'audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': audience, 'id.token.claim': 'false', 'access.token.claim': 'false', [where]: 'true' },
});

const oddClient = (clientId: string, { mappers = [], algorithm }: { mappers?: object[]; algorithm?: string }) => ({
  clientId,
  publicClient: true,
  standardFlowEnabled: false,
  directAccessGrantsEnabled: true,
  fullScopeAllowed: false,
  defaultClientScopes: ['basic', 'profile'],
  protocolMappers: mappers,
  attributes: algorithm === undefined ? {} : { 'access.token.signed.response.alg': algorithm },
});

async function tokenRequest(realm: string, form: Record<string, string>): Promise<unknown> {
  const endpoint = `${testKeycloak().url}/realms/${realm}/protocol/openid-connect/token`;
  const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
  if (!response.ok) throw new Error(`${form['client_id']} gets no token: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A call of the admin interface; the path begins behind `/admin/realms`. */
export async function admin(method: string, path: string, body?: object): Promise<Response> {
  const { url, admin: client } = testKeycloak();
  const form = { grant_type: 'client_credentials', client_id: client.clientId, client_secret: client.clientSecret };
  const { access_token: token } = (await tokenRequest('master', form)) as { access_token: string };
  const response = await fetch(`${url}/admin/realms${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

/** The path of what was made. */
async function adminPost(path: string, body: object): Promise<string> {
  const response = await admin('POST', path, body);
  return new URL(response.headers.get('location')!).pathname.replace('/admin/realms', '');
}
