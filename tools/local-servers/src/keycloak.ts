export { realmOf, type Realm, type RealmOptions } from './keycloak/realm-of.ts';
export { startKeycloak, type KeycloakOptions, type KeycloakServer } from './keycloak/start-keycloak.ts';
