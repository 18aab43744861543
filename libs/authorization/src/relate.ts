import { PROVINCE, Stage } from '@xiangjing/scenario-sdk';
import type { Actor, Person } from './actor.ts';
import { allOf, ALWAYS, anyOf, matches, NEVER, oneOf, type Condition } from './condition.ts';
import { isOwn, roleCondition } from './holds-role.ts';
import { isProvinceWide, standingOf } from './standing.ts';
import { columnsOf, type Target } from './target.ts';

/**
 * Relations between a caller and one record, from the most to the least entitled. PUB anybody · ENT verified enterprise · OWN the
 * owner's staff · STE its data steward · CST other department of the city · COP city operator · PST, POP the same of the
 * province · ADM node operator · NOD this node · PRV the province's node.
 */
export const SUBJECT_CODES = ['OWN', 'STE', 'POP', 'COP', 'PST', 'CST', 'ENT', 'PRV', 'NOD', 'ADM', 'PUB'] as const;
export type SubjectCode = (typeof SUBJECT_CODES)[number];

/** Government of city and province: who finds in the directory what to ask for. */
const INSIDE: ReadonlySet<SubjectCode> = new Set(['POP', 'COP', 'PST', 'CST']);
export const isInside = (code: SubjectCode): boolean => INSIDE.has(code);

const when = (flag: boolean): Condition => (flag ? ALWAYS : NEVER);

export interface Relation {
  code: SubjectCode;
  /** The records to which the caller stands in this relation and which it reaches. */
  when: Condition;
}

/** Which records a caller reaches through which relation, the most entitled relation first. */
export function relationsOf(actor: Actor, home: string): Relation[] {
  const relations = standsIn(actor, home);
  const steps = relations.some(({ code }) => isInside(code)) ? holdsStep(actor, home) : NEVER;
  return relations.map((relation) => ({ code: relation.code, when: allOf(relation.when, reachOf(relation.code, steps)) }));
}

/** All relations through which the record is within the caller's reach, the most entitled first. */
export function relate(actor: Actor, target: Target, home: string): SubjectCode[] {
  const row = columnsOf(target);
  return relationsOf(actor, home)
    .filter((relation) => matches(relation.when, row))
    .map(({ code }) => code);
}

/** The relation that a caller has to any record of the node: what stands in the audit where no record is concerned. */
export const standingCode = (actor: Actor, home: string): SubjectCode =>
  standsIn(actor, home).find((relation) => 'always' in relation.when)?.code ?? 'PUB';

/** The organisations a person is staff of, as owner or checker. */
export const ownOrganisations = (person: Person): string[] =>
  person.grants.flatMap(({ role, scope }) =>
    scope.type === 'organisation' && (role === 'owner' || role === 'checker') ? [scope.uscc] : [],
  );

function standsIn(actor: Actor, home: string): Relation[] {
  const isHome = actor.type === 'job' || (actor.type === 'node' && actor.adcode === home);
  const isProvinceNode = actor.type === 'node' && actor.adcode === PROVINCE && home !== PROVINCE;
  const relations: Relation[] = [
    ...(actor.type === 'person' ? personStandsIn(actor, home) : []),
    { code: 'PRV', when: when(isProvinceNode) },
    { code: 'NOD', when: when(isHome) },
    { code: 'PUB', when: ALWAYS },
  ];
  return relations.filter((relation) => !('never' in relation.when));
}

function personStandsIn(person: Person, home: string): Relation[] {
  const { government, anyEnterprise, operator } = standingOf(person, home);
  const atProvince = home === PROVINCE;
  const coordinates = roleCondition(person, 'coordinator', home);
  const spanning = person.grants.filter(({ scope }) => scope.type === 'region' && isProvinceWide(scope.adcode)).map(({ role }) => role);
  const analyses = spanning.some((role) => role === 'analyst' || role === 'supervisor');
  const isGuest = !atProvince && spanning.some((role) => role !== 'node-operator');
  return [
    { code: 'OWN', when: allOf(isOwn(home), oneOf('ownerUscc', ownOrganisations(person))) },
    { code: 'STE', when: roleCondition(person, 'steward', home) },
    { code: 'POP', when: anyOf(when(spanning.includes('coordinator')), atProvince ? coordinates : NEVER) },
    { code: 'COP', when: atProvince ? NEVER : coordinates },
    { code: 'PST', when: when(analyses || isGuest) },
    { code: 'CST', when: when(government) },
    { code: 'ENT', when: when(anyEnterprise) },
    { code: 'ADM', when: when(operator) },
  ];
}

const SUBMITTED = Stage.options.filter((stage) => stage !== 'draft');
const VIEWED: Condition = { field: 'viewed', op: 'equals', value: true };

/** Records on which the caller holds a step of the process between submission and publication. */
const holdsStep = (actor: Actor, home: string): Condition =>
  anyOf(...(['checker', 'lead', 'coordinator', 'supervisor'] as const).map((role) => roleCondition(actor, role, home)));

/**
 * Which records a relation reaches at all. The owner department sees its own always. The rest see what is in its views (while
 * suspended: government only), and those who hold a step of the process also what was submitted.
 */
function reachOf(code: SubjectCode, steps: Condition): Condition {
  if (code === 'OWN' || code === 'STE') return ALWAYS;
  if (isInside(code)) return anyOf(VIEWED, allOf(oneOf('stage', SUBMITTED), steps));
  return allOf(VIEWED, { field: 'suspended', op: 'equals', value: false });
}
