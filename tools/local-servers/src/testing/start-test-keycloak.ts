import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type {} from '@xiangjing/platform/testing';
import { realmOf, startKeycloak, type Realm } from '../keycloak.ts';
import type { StopServer } from './global-setup.ts';

const NODES = ['430000', '430100', '430200'];
const PERSON = { username: 'coordinator', password: 'Test-password-1' };

// Of a server on 127.0.0.1 that lives as long as the run; fixed, so that its database can be copied instead of imported.
const serviceSecret = (from: string, of: string): string => `test-only-peer-${from}-at-${of}`;
const audienceSecret = (adcode: string): string => `test-only-audience-${adcode}`;

/** One Keycloak with a realm for each of three nodes, a service client per directed pair, and a person in each. */
export async function startTestKeycloak(project: TestProject): Promise<StopServer> {
  const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-keycloak-'));
  const remove = (): void => rmSync(runDir, { recursive: true, force: true });
  try {
    const keycloak = await startKeycloak({ runDir, realms: NODES.map(testRealm) });
    const pairs = NODES.flatMap((of) => othersOf(of).map((from) => [`${from}@${of}`, serviceSecret(from, of)]));
    project.provide('keycloak', {
      url: keycloak.url,
      admin: keycloak.admin,
      serviceSecrets: Object.fromEntries(pairs),
      audienceSecrets: Object.fromEntries(NODES.map((adcode) => [adcode, audienceSecret(adcode)])),
      person: PERSON,
    });
    return async () => {
      await keycloak.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const othersOf = (adcode: string): string[] => NODES.filter((other) => other !== adcode);

function testRealm(adcode: string): Realm {
  const claims = {
    grants: [`coordinator@${adcode.replace(/(00){1,2}$/, '')}`],
    clearance_level: 'L4',
    clearance_pi: 'spi',
    clearance_safety: 'ps',
    training_until: '2099-12-31',
    org_verified: true,
  };
  return realmOf({
    adcode,
    publicUrl: 'http://127.0.0.1',
    servicePeers: othersOf(adcode),
    serviceSecrets: Object.fromEntries(othersOf(adcode).map((from) => [from, serviceSecret(from, adcode)])),
    audienceSecret: audienceSecret(adcode),
    users: [{ ...PERSON, name: '王示例', claims }],
    passwordGrant: true,
    secondFactor: false,
  });
}
