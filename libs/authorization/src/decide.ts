import { findNode, floored } from '@xiangjing/scenario-sdk';
import { ACTIONS, isAction, type Action } from './actions.ts';
import type { Actor } from './actor.ts';
import { decideAdvance, decideClassify } from './decide-act.ts';
import { decideCompare, decideOrganisation, decideReplicate, decideSignedIn, decideStatus } from './decide-node.ts';
import { decideView, denyView } from './decide-view.ts';
import { refuse, type Decision, type Deny, type DecisionRequest, type RecordRequest } from './decision.ts';
import { bandOf, isWholeLabel, TOP } from './labels.ts';
import { isObligation } from './obligations.ts';
import { relate } from './relate.ts';
import type { Target } from './target.ts';

/**
 * One decision, step by step: the request (known words) → invariants (labels whole, no core data) → subject and base table → union
 * of obligations, each of which somebody discharges. The first step that denies gives the reason, and what nothing here allows is
 * denied: an unknown word, a missing part and an exception too. Pure; the caller makes the audit record durable before it answers.
 */
export function decide(request: DecisionRequest): Decision {
  try {
    const decision = judge(request);
    const isCarriedOut = decision.effect === 'deny' || decision.obligations.every(isObligation);
    return isCarriedOut ? decision : hidden('UNKNOWN_OBLIGATION');
  } catch {
    return hidden('POLICY_ERROR');
  }
}

/**
 * The check before anything is loaded: the action is known, and the caller is somebody where it is not open. The decision about the
 * record still follows.
 */
export function admit(actor: Actor, action: string): Decision {
  if (!isAction(action)) return refuse('UNKNOWN_ACTION');
  if (actor.type === 'anonymous' && !ACTIONS[action].open) return refuse('UNAUTHENTICATED');
  return { effect: 'allow', subject: 'PUB', obligations: [], mask: 'none' };
}

const hidden = (reason: Deny['reason']): Deny => ({ ...refuse(reason), shown: 'NOT_FOUND' });

function judge(request: DecisionRequest): Decision {
  const { actor, action, target, home } = request;
  const admission = admit(actor, action);
  if (admission.effect === 'deny' || !isAction(action)) return admission;
  if (!findNode(home)) return hidden('CROSS_NODE');
  if (ACTIONS[action].on !== 'record') return judgeNode(action, request);
  if (!target) return hidden('POLICY_ERROR');
  return judgeInvariants({ ...request, target }) ?? judgeRecord(action, { ...request, target: withFloors(target) });
}

/** Before anybody's rights: a damaged label and core data deny everybody everything; only the owner department is told why. */
function judgeInvariants({ actor, target, home }: RecordRequest): Decision | undefined {
  if (!findNode(target.origin)) return hidden('CROSS_NODE');
  const isWhole = isWholeLabel(target.label) && isWholeLabel(target.joint);
  const isCore = isWhole && (target.label.level === 'CORE' || target.joint.level === 'CORE');
  if (isWhole && !isCore) return undefined;
  const relations = relate(actor, { ...target, label: TOP, joint: TOP }, home);
  return denyView(relations[0] ?? 'PUB', isWhole ? 'CORE' : 'UNLABELLED', null);
}

/** Everything after is decided on the floored labels. */
const withFloors = (target: Target): Target => ({ ...target, label: floored(target.label), joint: floored(target.joint) });

function judgeNode(action: Action, request: DecisionRequest): Decision {
  switch (action) {
    case 'organisation.create':
      return decideOrganisation(request);
    case 'organisation.list':
      return decideSignedIn(request);
    case 'federation.view':
      return decideStatus(request);
    case 'federation.trace':
      return decideStatus({ ...request, part: 'body' });
    case 'federation.compare':
      return decideCompare(request);
    case 'vocabulary.view':
    case 'target.view':
      return admit(request.actor, action);
    default:
      return hidden('UNKNOWN_ACTION');
  }
}

function judgeRecord(action: Action, request: RecordRequest): Decision {
  switch (action) {
    case 'record.view':
    case 'record.history':
      return decideView(request);
    case 'record.search':
      return decideSearch(request);
    case 'record.create':
      return decideAdvance(request, 'create');
    case 'record.edit':
      return decideAdvance(request, 'edit');
    case 'record.withdraw':
      return decideAdvance(request, 'withdraw');
    case 'record.advance':
      return decideAdvance(request, request.verb);
    case 'record.classify':
      return decideClassify(request);
    case 'record.replicate':
      return decideReplicate(request);
    default:
      return hidden('UNKNOWN_ACTION');
  }
}

/** A row is among the hits, totals, facets and suggestions if the caller has at least a projection of it. */
function decideSearch(request: RecordRequest): Decision {
  const view = decideView(request);
  if (view.effect === 'deny' && view.projection === null) return { ...view, reason: 'NOT_FOUND', shown: 'NOT_FOUND' };
  return { effect: 'allow', subject: view.subject, obligations: bandOf(request.target.joint) === 'L1' ? [] : ['log'], mask: 'none' };
}
