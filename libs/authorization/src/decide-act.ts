import { atLeast, isFloored, LIFECYCLE, type ErrorCode, type LifecycleVerb, type Role } from '@xiangjing/scenario-sdk';
import { allow, decideView, denyView, isAsked, missingOf, projectionOf } from './decide-view.ts';
import { refuse, type Decision, type RecordRequest } from './decision.ts';
import { holdsRole } from './holds-role.ts';
import { bandOf, isWholeLabel } from './labels.ts';
import type { Obligation } from './obligations.ts';

/** What the caller sees of the record beside whatever it wants to do: judged once, before the act. */
interface Seen {
  request: RecordRequest;
  view: Decision;
}

/** An act is refused with its code where the caller sees the record or a projection of it, else as an absent record. */
function refuseAct({ request, view }: Seen, reason: ErrorCode): Decision {
  if (view.effect === 'deny') return denyView(view.subject, reason, view.projection);
  const projection = projectionOf(request, [view.subject]);
  return { effect: 'deny', subject: view.subject, reason, shown: reason, projection };
}

const isOwnerVerb = (verb: LifecycleVerb): boolean => verb === 'create' || verb === 'edit' || verb === 'amend';

/** A lifecycle verb on an own record: one of the verb's roles, each within its scope. Storing asks for † from L4. */
export function decideAdvance(request: RecordRequest, verb: LifecycleVerb | undefined): Decision {
  const { actor, target, home } = request;
  const seen = { request, view: decideView(request) };
  if (verb === undefined || !Object.hasOwn(LIFECYCLE, verb)) return refuseAct(seen, 'UNKNOWN_ACTION');
  if (target.origin !== home) return refuseAct(seen, 'FOREIGN_RECORD');
  const roles: readonly Role[] = LIFECYCLE[verb].roles;
  const holds = roles.some((role) => holdsRole(actor, role, target, home));
  if (!holds) return verb === 'create' ? refuse('ROLE') : refuseAct(seen, 'ROLE');
  if (seen.view.effect === 'deny' && seen.view.shown === 'NOT_FOUND') return refuseAct(seen, 'ROLE');
  const missing = isOwnerVerb(verb) ? missingForStore(request) : undefined;
  if (missing) return refuseAct(seen, missing);
  return allow(seen.view.subject, target, 'none', []);
}

function missingForStore({ actor, target, home, now }: RecordRequest): ErrorCode | undefined {
  const label = target.joint;
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
  const seen = { request, view: decideView(request) };
  if (target.origin !== home) return refuseAct(seen, 'FOREIGN_RECORD');
  if (!holdsRole(actor, target.classified ? 'steward' : 'owner', target, home)) return refuseAct(seen, 'ROLE');
  if (proposed !== undefined && !isWholeLabel(proposed)) return refuseAct(seen, 'UNLABELLED');
  if (proposed && !isFloored(proposed)) return refuseAct(seen, 'LABEL_FLOOR');
  if (proposed && target.classified && !atLeast(proposed, target.label)) return refuseAct(seen, 'LABEL_LOWERING');
  return allow(target.classified ? 'STE' : 'OWN', target, 'none', RAISING);
}
