import type { Actor, Person } from '@xiangjing/authorization';
import { organisationCheckDigit, parseRoleGrant, usccCheckDigit } from '@xiangjing/scenario-sdk';

/** A sample code with valid digits of a registrar region that does not exist. */
export function sampleUscc(prefix: '11' | '91' | '92', serial: number): string {
  const body = `M${String(serial).padStart(7, '0')}`;
  const first17 = `${prefix}990001${body}${organisationCheckDigit(body)}`;
  return first17 + usccCheckDigit(first17);
}
export const AGENCY = sampleUscc('11', 1);
export const ENTERPRISE = sampleUscc('91', 1);
export const STRANGER = sampleUscc('11', 2);
export const SUSPENDED = sampleUscc('11', 3);

export const person = (sub: string, grants: readonly string[], more: Partial<Person> = {}): Actor => ({
  type: 'person',
  iss: 'https://id.example/realms/xiangjing-430100',
  sub,
  name: `示例${sub}`,
  grants: grants.map((text) => parseRoleGrant(text)!),
  clearance: { level: 'L4', pi: 'spi', safety: 'ps' },
  trainingUntil: '2099-12-31',
  steppedUp: true,
  organisationVerified: true,
  ...more,
});

export const anonymous: Actor = { type: 'anonymous' };
/** One person per role that has a verb at 430100. */
export const people = {
  owner: person('owner', [`owner@org:${AGENCY}`]),
  enterprise: person('enterprise', [`owner@org:${ENTERPRISE}`]),
  stranger: person('stranger', [`owner@org:${STRANGER}`]),
  suspended: person('suspended', [`owner@org:${SUSPENDED}`]),
  checker: person('checker', ['checker@4301']),
  lead: person('lead', ['lead@4301']),
  coordinator: person('coordinator', ['coordinator@4301']),
  county: person('county', ['coordinator@430102']),
  steward: person('steward', ['steward@4301']),
  supervisor: person('supervisor', ['supervisor@4301']),
  analyst: person('analyst', ['analyst@43']),
  operator: person('operator', ['node-operator@4301']),
} satisfies Record<string, Actor>;
export type PersonName = keyof typeof people;
