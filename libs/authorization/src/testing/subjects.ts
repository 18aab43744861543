import { parseRoleGrant, PRESETS, SAFETY, SHARE, OPEN, PI, LEVELS, type Label, type RoleGrant } from '@xiangjing/scenario-sdk';
import type { Actor, Person } from '../actor.ts';
import type { Target } from '../target.ts';

export const HOME = '430100';
export const NOW = new Date('2026-11-24T09:00:00+08:00');
/** An agency that owns records, another agency, an enterprise, a sole trader. */
export const AGENCY = '11999900MB0X000011';
export const OTHER_AGENCY = '12999900MB0X000022';
export const FIRM = '91999900MA0X00003R';
export const TRADER = '92999900MA0X00004T';

export const grant = (text: string): RoleGrant => {
  const read = parseRoleGrant(text);
  if (!read) throw new Error(`"${text}" is no grant`);
  return read;
};

/** A person of government in good order: cleared to the top, stepped up, trained. */
export const person = (grants: string[], more: Partial<Person> = {}): Person => ({
  type: 'person',
  iss: 'https://id.example/realms/xiangjing-430100',
  sub: grants.join(' '),
  name: '示例',
  grants: grants.map(grant),
  clearance: { level: 'CORE', pi: 'spi', safety: 'ps' },
  trainingUntil: '2027-06-30',
  steppedUp: true,
  organisationVerified: false,
  ...more,
});

export const ANONYMOUS: Actor = { type: 'anonymous' };
const plain = { clearance: { level: 'L1', pi: 'none', safety: 'ordinary' }, trainingUntil: null, steppedUp: false } as const;
/** One caller for each way to stand to a record of AGENCY at Changsha, each in good order. */
export const CALLERS = {
  anonymous: ANONYMOUS,
  enterprise: person([`owner@org:${FIRM}`], { ...plain, organisationVerified: true }),
  lapsed: person([`owner@org:${FIRM}`], plain),
  owner: person([`owner@org:${AGENCY}`]),
  checker: person([`checker@org:${AGENCY}`]),
  steward: person([`steward@org:${AGENCY}`]),
  department: person([`owner@org:${OTHER_AGENCY}`]),
  lead: person(['lead@domain:healthcare']),
  coordinator: person(['coordinator@4301']),
  county: person(['coordinator@430102']),
  supervisor: person(['supervisor@4301']),
  otherCity: person(['coordinator@4302']),
  provinceAnalyst: person(['analyst@430000']),
  provinceCoordinator: person(['coordinator@430000']),
  operator: person(['node-operator@4301'], plain),
  unclearedOwner: person([`owner@org:${AGENCY}`], plain),
  service: { type: 'service', clientId: 'script' },
  home: { type: 'node', adcode: HOME },
  provinceNode: { type: 'node', adcode: '430000' },
  otherNode: { type: 'node', adcode: '430200' },
  job: { type: 'job', name: 'egress' },
} as const satisfies Record<string, Actor>;

/** A published record of AGENCY at Changsha, L1. `label` sets both labels unless `joint` is given. */
export const target = (more: Partial<Target> = {}): Target => ({
  origin: HOME,
  kind: 'opportunity',
  ownerUscc: AGENCY,
  region: '430102',
  domains: ['healthcare'],
  scenarioKind: 'small-incision',
  label: PRESETS.pub,
  joint: more.label ?? PRESETS.pub,
  classified: true,
  stage: 'published',
  suspended: false,
  viewed: true,
  ...more,
});

/** `L3/-/ps/C/oN` → label. */
export function label(text: string): Label {
  const [level, pi, safety, share, open] = text.split('/');
  return { level, pi: pi === '-' ? 'none' : pi, safety: safety === '-' ? 'ordinary' : safety, share, open } as Label;
}

export const ALL_LABELS: readonly Label[] = LEVELS.flatMap((level) =>
  PI.flatMap((pi) => SAFETY.flatMap((safety) => SHARE.flatMap((share) => OPEN.map((open) => ({ level, pi, safety, share, open }))))),
);
