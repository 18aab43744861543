export { clientSecretOf, keycloakAdmin, type AdministeredKeycloak, type AdminAnswer, type KeycloakAdmin } from './keycloak/admin.ts';
export { KEYCLOAK_VERSION } from './keycloak/distribution.ts';
export { realmOf, type Realm, type RealmOptions } from './keycloak/realm-of.ts';
export { startKeycloak, type KeycloakOptions, type KeycloakServer } from './keycloak/start-keycloak.ts';
