import { findNode, organisationCheckDigit, PROVINCE, usccCheckDigit } from '@xiangjing/scenario-sdk';

/** A sample code with valid check digits: region digits 99xxxx belong to no registrar, so no real body can have it. */
export function sampleUscc(kind: '11' | '91', adcode: string, serial = 1): string {
  const organisation = `MB${adcode.slice(2)}${String(serial).padStart(2, '0')}`;
  const first17 = `${kind}99${adcode.slice(0, 4)}${organisation}${organisationCheckDigit(organisation)}`;
  return first17 + usccCheckDigit(first17);
}

export const PASSWORD = 'test-password-1';

interface User {
  username: string;
  password: string;
  name: string;
  claims: Record<string, unknown>;
}

const cleared = {
  clearance_level: 'L4',
  clearance_pi: 'spi',
  clearance_safety: 'ps',
  training_until: '2099-12-31',
  acr: '2',
  org_verified: true,
};

/** One user per role that has a verb, for the realm of one node. `county` acts in the first county of the node only. */
export function usersOf(adcode: string, organisations: { agency: string; enterprise: string }): User[] {
  const scope = adcode === PROVINCE ? '43' : adcode.slice(0, 4);
  const nameZh = findNode(adcode)!.nameZh;
  const grants: Record<string, string[]> = {
    owner: [`owner@org:${organisations.agency}`],
    enterprise: [`owner@org:${organisations.enterprise}`],
    checker: [`checker@${scope}`],
    lead: [`lead@${scope}`],
    coordinator: [`coordinator@${scope}`],
    county: [`coordinator@${scope}02`],
    steward: [`steward@${scope}`],
    supervisor: [`supervisor@${scope}`],
    operator: [`node-operator@${scope}`],
    analyst: [`analyst@${scope}`],
  };
  return Object.entries(grants).map(([username, list]) => ({
    username,
    password: PASSWORD,
    name: `示例${nameZh}${username}`,
    claims: { grants: list, ...cleared },
  }));
}
