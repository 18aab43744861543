/** Where a Keycloak is, and the service account with full rights in it: what `startKeycloak` and `testKeycloak` give. */
export interface AdministeredKeycloak {
  url: string;
  admin: { clientId: string; clientSecret: string };
}
export interface AdminAnswer<T = unknown> {
  status: number;
  /** Of what was made: the last part of its address. */
  id: string | undefined;
  body: T;
}
/** A call of the admin REST interface; `path` begins behind `/admin/realms`. */
export type KeycloakAdmin = <T = unknown>(method: string, path: string, body?: unknown) => Promise<AdminAnswer<T>>;

/** Throws what Keycloak refuses, so that a test fails where it went wrong. Its token lives for a minute: each call takes a new one. */
export function keycloakAdmin(keycloak: AdministeredKeycloak): KeycloakAdmin {
  return async <T>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${keycloak.url}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${await adminToken(keycloak)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Keycloak answers ${method} ${path} with ${response.status}: ${text}`);
    const id = response.headers.get('location')?.split('/').pop();
    return { status: response.status, id, body: (text ? JSON.parse(text) : undefined) as T };
  };
}

async function adminToken({ url, admin }: AdministeredKeycloak): Promise<string> {
  const response = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: admin.clientId, client_secret: admin.clientSecret }),
  });
  if (!response.ok) throw new Error(`Keycloak gives its administrator no token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** The secret that Keycloak made for a client. */
export async function clientSecretOf(admin: KeycloakAdmin, realm: string, clientId: string): Promise<string> {
  const { body: clients } = await admin<{ id: string }[]>('GET', `/${realm}/clients?clientId=${clientId}`);
  const { body } = await admin<{ value: string }>('GET', `/${realm}/clients/${clients[0]?.id}/client-secret`);
  return body.value;
}
