import { keycloakAdmin, realmOf, startKeycloak, type KeycloakServer, type Realm } from '@xiangjing/local-servers/keycloak';
import { CITIES, PROVINCE } from '@xiangjing/scenario-sdk';
import { join } from 'node:path';
import { demoUsersOf } from './demo-users.ts';
import { newSecret, type Folder } from './folder.ts';
import { nameOf } from './name-of.ts';
import { urlOf } from './options.ts';
import type { Progress } from './progress.ts';

const PORTAL = 'xiangjing-portal';
const realmName = (adcode: string): string => `xiangjing-${adcode}`;

/**
 * The demo's one password is printed at every start: the templates' policy would refuse it and lock it after 90 days, and their hash
 * takes a quarter of a second for each of 400 users.
 */
const DEMO_PASSWORDS = 'length(8) and hashAlgorithm(pbkdf2-sha256) and hashIterations(1000)';

/** Whose services a node calls: a city the province's, the province every city's. */
const calledBy = (adcode: string): string[] => (adcode === PROVINCE ? CITIES.map((city) => city.adcode) : [PROVINCE]);

/** A Keycloak with a realm for each of these nodes; one that is there stays as it is, with its keys and its users. */
export async function startDemoKeycloak(
  folder: Folder,
  { nodes, port, progress }: { nodes: readonly string[]; port: number; progress: Progress },
): Promise<KeycloakServer> {
  const keycloak = await startKeycloak({ runDir: join(folder.root, 'keycloak'), port, realms: [] });
  try {
    const admin = keycloakAdmin(keycloak);
    const there = await admin<{ realm: string }[]>('GET', '?briefRepresentation=true');
    const names = new Set(there.body.map(({ realm }) => realm));
    for (const adcode of nodes.filter((node) => !names.has(realmName(node)))) {
      await admin('POST', '', realmFor(folder, adcode));
      progress.step(`Keycloak has the realm and users of ${adcode} ${nameOf(adcode)}`);
    }
    return keycloak;
  } catch (error) {
    await keycloak.stop();
    throw error;
  }
}

/** What a node reads under `identity`. */
export function identitySection(folder: Folder, adcode: string, at: { keycloak: KeycloakServer; portBase: number }): object {
  const services = calledBy(adcode).map((called) => [
    called,
    {
      url: urlOf(called, at.portBase),
      issuer: at.keycloak.realmUrl(realmName(called)),
      clientId: `peer-${adcode}`,
      clientSecret: secretOf(folder, `${adcode}@${called}`),
    },
  ]);
  return {
    issuer: at.keycloak.realmUrl(realmName(adcode)),
    audience: realmName(adcode),
    clientId: PORTAL,
    clientSecret: secretOf(folder, `${PORTAL}@${adcode}`),
    services: Object.fromEntries(services) as object,
  };
}

function realmFor(folder: Folder, adcode: string): Realm {
  const callers = calledBy(adcode); // it goes both ways
  const realm = realmOf({
    adcode,
    publicUrl: 'http://127.0.0.1', // fits every port
    nameZh: nameOf(adcode),
    clientSecret: secretOf(folder, `${PORTAL}@${adcode}`),
    servicePeers: callers,
    serviceSecrets: Object.fromEntries(callers.map((caller) => [caller, secretOf(folder, `${caller}@${adcode}`)])),
    secondFactor: false,
    users: demoUsersOf(adcode, folder.kept.password),
    passwordGrant: true,
  });
  return { ...realm, passwordPolicy: DEMO_PASSWORDS };
}

function secretOf(folder: Folder, client: string): string {
  const kept = folder.kept.clients?.[client];
  if (kept !== undefined) return kept;
  const made = newSecret();
  folder.save({ clients: { ...folder.kept.clients, [client]: made } });
  return made;
}
