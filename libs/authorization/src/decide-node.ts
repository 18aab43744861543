import { isWithin, PROVINCE, type Role } from '@xiangjing/scenario-sdk';
import { refuse, type Decision, type DecisionRequest, type RecordRequest } from './decision.ts';
import { bandOf } from './labels.ts';
import type { Obligation } from './obligations.ts';
import { standingCode, type SubjectCode } from './relate.ts';
import { isEnterpriseCode, isOfNode, isProvinceWide, standingOf } from './standing.ts';
import { rowOf, type Shape } from './tier.ts';

const allowed = (subject: SubjectCode, obligations: Obligation[] = []): Decision => ({
  effect: 'allow',
  subject,
  obligations,
  mask: 'none',
});

const PROJECTIONS: Record<Shape, readonly Obligation[]> = {
  full: [],
  summary: ['projection:summary'],
  listed: ['projection:metadata'],
  stub: ['projection:stub'],
};

/** This node hands its own record to an audience: what is in its views, as much as the egress table has for the record's own label. */
export function decideReplicate({ actor, target, home, audience }: RecordRequest): Decision {
  const isHome = actor.type === 'job' || (actor.type === 'node' && actor.adcode === home);
  if (!isHome) return refuse(actor.type === 'node' ? 'CROSS_NODE' : 'ROLE');
  if (target.origin !== home) return refuse('CROSS_NODE', 'NOD');
  const { label } = target;
  if (bandOf(label) === 'IMP' && audience === 'province') return refuse('MANUAL_JOINT_RELEASE', 'NOD');
  const row = audience === undefined ? null : rowOf(audience, label);
  const isViewed = target.viewed && (!target.suspended || audience === 'province');
  if (row === null || !isViewed) return refuse('NO_PROJECTION', 'NOD');
  return allowed('NOD', [...(label.level === 'L1' ? [] : (['log'] as const)), 'signed', 'sequenced', ...PROJECTIONS[row]]);
}

/** An organisation is made by the coordinator of its region, or by a person who already acts for it. */
export function decideOrganisation({ actor, organisation, home }: DecisionRequest): Decision {
  if (actor.type !== 'person' || !organisation) return refuse('ROLE');
  const { uscc, region } = organisation;
  const coordinates = actor.grants.some(
    ({ role, scope }) =>
      role === 'coordinator' && scope.type === 'region' && isOfNode(scope.adcode, home) && isWithin(region, scope.adcode),
  );
  if (coordinates) return allowed(home === PROVINCE ? 'POP' : 'COP');
  const actsForIt = actor.grants.some(({ role, scope }) => role === 'owner' && scope.type === 'organisation' && scope.uscc === uscc);
  return actsForIt ? allowed(isEnterpriseCode(uscc) ? 'ENT' : 'OWN') : refuse('ROLE');
}

const STATUS_ROLES: readonly Role[] = ['node-operator', 'coordinator', 'analyst', 'supervisor'];
const COMPARE_ROLES: readonly Role[] = ['node-operator', 'coordinator'];

/** Anybody sees how the federation stands; what was refused and why is for those who run or watch it. */
export function decideStatus(request: DecisionRequest): Decision {
  const { actor, home, part } = request;
  const subject = standingCode(actor, home);
  if (part === 'summary') return allowed(subject);
  if (actor.type !== 'person') return { ...refuse(actor.type === 'anonymous' ? 'UNAUTHENTICATED' : 'ROLE'), projection: 'public' };
  const reaches = (adcode: string) => isOfNode(adcode, home) || isProvinceWide(adcode);
  return holdsAny(request, STATUS_ROLES, reaches) ? allowed(subject) : { ...refuse('ROLE', subject), projection: 'public' };
}

/** Work for this node and the province beside it: for those who run or coordinate this one. */
export function decideCompare(request: DecisionRequest): Decision {
  const { actor, home } = request;
  const subject = standingCode(actor, home);
  return holdsAny(request, COMPARE_ROLES, (adcode) => isOfNode(adcode, home)) ? allowed(subject) : refuse('ROLE', subject);
}

const holdsAny = ({ actor }: DecisionRequest, roles: readonly Role[], reaches: (adcode: string) => boolean): boolean =>
  actor.type === 'person' &&
  actor.grants.some(({ role, scope }) => roles.includes(role) && (scope.type !== 'region' || reaches(scope.adcode)));

/** Who is signed in here may ask for organisations; which of them it gets says {@link organisationReach}. */
export const decideSignedIn = ({ actor, home }: DecisionRequest): Decision =>
  actor.type === 'anonymous' || standingOf(actor, home).foreign ? refuse('ROLE') : allowed('PUB');
