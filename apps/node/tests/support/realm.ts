import { keycloakAdmin, realmOf, type KeycloakAdmin } from '@xiangjing/local-servers/keycloak';
import { testKeycloak } from '@xiangjing/platform/testing';

/** A realm of its own on the run's Keycloak, as an operator makes it: second factor, no user, a confidential portal. */
export interface OperatorsRealm {
  name: string;
  issuer: string;
  clientSecret: string;
  admin: KeycloakAdmin;
  /** Makes a person as the administrator's page does; answers the id. */
  person(username: string, more?: object): Promise<string>;
  drop(): Promise<void>;
}

export const FIRST_PASSWORD = 'First-password-1';

export async function operatorsRealm(adcode: string, nameZh: string): Promise<OperatorsRealm> {
  const keycloak = testKeycloak();
  const admin = keycloakAdmin(keycloak);
  const name = `xiangjing-${adcode}`;
  const clientSecret = 'test-only-portal-secret';
  await admin('POST', '', realmOf({ adcode, nameZh, publicUrl: 'http://127.0.0.1', clientSecret, servicePeers: [] }));
  return {
    name,
    issuer: `${keycloak.url}/realms/${name}`,
    clientSecret,
    admin,
    person: async (username, more = {}) => {
      const credentials = [{ type: 'password', value: FIRST_PASSWORD, temporary: false }];
      const made = await admin('POST', `/${name}/users`, { username, lastName: '张示例', enabled: true, credentials, ...more });
      return made.id ?? '';
    },
    drop: async () => void (await admin('DELETE', `/${name}`)),
  };
}
