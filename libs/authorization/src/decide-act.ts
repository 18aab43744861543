import { atLeast, floored, isFloored, LIFECYCLE, type ErrorCode, type LifecycleVerb, type Role } from '@xiangjing/scenario-sdk';
import { allow, decideView, denyView, isAsked, missingOf } from './decide-view.ts';
import { refuse, type Decision, type RecordRequest } from './decision.ts';
import { holdsRole } from './holds-role.ts';
import { bandOf, isWholeLabel } from './labels.ts';
import type { Obligation } from './obligations.ts';
import { relate } from './relate.ts';

/** An act is refused with its code where the caller sees the record or a projection of it, else as an absent record. */
function refuseAct(request: RecordRequest, reason: ErrorCode): Decision {
  const view = decideView(request);
  if (view.effect === 'deny') return denyView(view.subject, reason, view.projection);
  return { effect: 'deny', subject: view.subject, reason, shown: reason, projection: null };
}

/** The caller sees the record, or at least a projection of it: a role on something unseen gives nothing. */
function isSeen(request: RecordRequest): boolean {
  const view = decideView(request);
  return view.effect === 'allow' || view.shown !== 'NOT_FOUND';
}

const isOwnerVerb = (verb: LifecycleVerb): boolean => verb === 'create' || verb === 'edit' || verb === 'amend';

/** A lifecycle verb on an own record: one of the verb's roles, each within its scope. Storing asks for † from L4. */
export function decideAdvance(request: RecordRequest, verb: LifecycleVerb | undefined): Decision {
  const { actor, target, home } = request;
  if (verb === undefined || !Object.hasOwn(LIFECYCLE, verb)) return refuseAct(request, 'UNKNOWN_ACTION');
  if (target.origin !== home) return refuseAct(request, 'FOREIGN_RECORD');
  const roles: readonly Role[] = LIFECYCLE[verb].roles;
  const holds = roles.some((role) => holdsRole(actor, role, target, home));
  if (!holds) return verb === 'create' ? refuse('ROLE') : refuseAct(request, 'ROLE');
  if (!isSeen(request)) return refuseAct(request, 'ROLE');
  const missing = isOwnerVerb(verb) ? missingForStore(request) : undefined;
  if (missing) return refuseAct(request, missing);
  return allow(relate(actor, target, home)[0] ?? 'PUB', target, 'none', []);
}

function missingForStore({ actor, target, home, now }: RecordRequest): ErrorCode | undefined {
  const label = floored(target.joint);
  const band = bandOf(label);
  const isHigh = band === 'L4' || band === 'IMP';
  return isHigh && isAsked('OWN', actor, target, home) ? missingOf(actor, label, now) : undefined;
}

const RAISING: readonly Obligation[] = ['re-evaluate-grants', 'tombstone-replicas', 'labelVersion+1'];

/**
 * The owner sets the own label the first time, if `create` gave none; after that the steward alone, and raising only: lowering is a
 * recorded act of two persons that does not exist here.
 */
export function decideClassify(request: RecordRequest): Decision {
  const { actor, target, home, proposed } = request;
  if (target.origin !== home) return refuseAct(request, 'FOREIGN_RECORD');
  if (!holdsRole(actor, target.classified ? 'steward' : 'owner', target, home)) return refuseAct(request, 'ROLE');
  if (proposed !== undefined && !isWholeLabel(proposed)) return refuseAct(request, 'UNLABELLED');
  if (proposed && !isFloored(proposed)) return refuseAct(request, 'LABEL_FLOOR');
  if (proposed && target.classified && !atLeast(proposed, target.label)) return refuseAct(request, 'LABEL_LOWERING');
  return allow(target.classified ? 'STE' : 'OWN', target, 'none', RAISING);
}
