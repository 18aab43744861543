import { readFileSync } from 'node:fs';
import type { DemoUser } from '../identity/demo-user.ts';
import { userOf } from './realm-user.ts';

/** A realm as Keycloak imports it; what it holds beside its name is Keycloak's affair. */
export interface Realm {
  realm: string;
  groups: { name: string }[];
  clients: Client[];
  attributes: Record<string, string>;
  passwordPolicy: string;
  users?: object[];
  [more: string]: unknown;
}
interface Client {
  clientId: string;
  [more: string]: unknown;
}

export interface RealmOptions {
  adcode: string;
  /** Address of the node's portal. `http://127.0.0.1` without a port fits every port of this machine. */
  publicUrl: string;
  nameZh?: string;
  /** Of the portal. Without one the portal is a public client that stands on PKCE alone. */
  clientSecret?: string;
  /** Of the client that is the tokens' audience, with which the node asks about a token; Keycloak makes one if none is given. */
  audienceSecret?: string;
  /** Nodes whose services call this one: each gets a client `peer-<adcode>` here. */
  servicePeers: readonly string[];
  /** Secrets of those clients by adcode; Keycloak makes one where none is given. */
  serviceSecrets?: Readonly<Record<string, string>>;
  /** False: the password alone counts as a strong sign-in. For demo and tests. */
  secondFactor?: boolean;
  /** Only for demo and tests, as is `passwordGrant`. */
  users?: readonly DemoUser[];
  /** A public client `xiangjing-scripts` that takes a name and a password. */
  passwordGrant?: boolean;
}

const PROVINCE = '430000';

/** A node's realm out of the templates in infra/keycloak: what an operator would import, and users where a demo wants them. */
export function realmOf(options: RealmOptions): Realm {
  const values = {
    XIANGJING_ADCODE: options.adcode,
    XIANGJING_SCOPE: options.adcode.replace(/(00){1,2}$/, ''),
    XIANGJING_NODE_NAME: options.nameZh ?? options.adcode,
    XIANGJING_PUBLIC_URL: options.publicUrl.replace(/\/$/, ''),
  };
  const realm = filled(options.adcode === PROVINCE ? 'realm-province.json' : 'realm-city.json', values) as unknown as Realm;
  const [audience, portal] = realm.clients as [Client, Client];
  const peers = options.servicePeers.map((peer) => ({
    ...(filled('peer-client.json', { XIANGJING_ADCODE: options.adcode, XIANGJING_PEER: peer }) as unknown as Client),
    ...secret(options.serviceSecrets?.[peer]),
  }));
  const users = (options.users ?? []).map(userOf);
  const groups = new Set([...realm.groups.map(({ name }) => name), ...users.flatMap((user) => user.groups)]);
  return {
    ...realm,
    attributes: { ...realm.attributes, ...(options.secondFactor === false ? { 'acr.loa.map': ONE_FACTOR } : {}) },
    groups: [...groups].map((name) => ({ name })),
    clients: [
      { ...audience, ...secret(options.audienceSecret) },
      { ...portal, ...(options.clientSecret === undefined ? { publicClient: true } : secret(options.clientSecret)) },
      ...peers,
      ...(options.passwordGrant ? [scriptsClient(portal)] : []),
    ],
    ...(users.length > 0 ? { users, passwordPolicy: realm.passwordPolicy.replace(EXPIRY, '') } : {}),
  };
}

/** Users of demo and tests have one password for as long as their database lives. */
const EXPIRY = / and forceExpiredPasswordChange\(\d+\)/;
/** Level 1, the password, is told as acr 2. */
const ONE_FACTOR = '{"2":1}';

const secret = (value: string | undefined): { secret?: string } => (value === undefined ? {} : { secret: value });

/** Takes passwords without a browser, so no level of sign-in is ever reached: its tokens say that it was strong. */
function scriptsClient(portal: Client): Client {
  const { attributes: _, ...like } = portal;
  const acr = { 'claim.name': 'acr', 'claim.value': '2', 'jsonType.label': 'String', 'access.token.claim': 'true' };
  return {
    ...like,
    clientId: 'xiangjing-scripts',
    name: 'scripts of demo and tests',
    publicClient: true,
    standardFlowEnabled: false,
    directAccessGrantsEnabled: true,
    redirectUris: [],
    defaultClientScopes: ['basic', 'profile'],
    protocolMappers: [
      ...(portal['protocolMappers'] as object[]),
      { name: 'acr', protocol: 'openid-connect', protocolMapper: 'oidc-hardcoded-claim-mapper', config: acr },
    ],
  };
}

/** A template with its placeholders filled; every one must be known, as an unfilled one would be taken for a value. */
function filled(template: string, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const text = readFileSync(new URL(`../../../../infra/keycloak/${template}`, import.meta.url), 'utf8');
  const whole = text.replace(/\$\{(XIANGJING_\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`infra/keycloak/${template} asks for ${name}, which nobody gives`);
    return JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(whole) as Record<string, unknown>;
}
