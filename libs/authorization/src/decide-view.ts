import { findNode, rank, type ErrorCode, type Label } from '@xiangjing/scenario-sdk';
import { BASE_TABLE, cellOf, type Cell } from './base-table.ts';
import type { Actor, Person } from './actor.ts';
import type { Allow, Decision, Deny, RecordRequest } from './decision.ts';
import { bandOf } from './labels.ts';
import type { Mask } from './mask.ts';
import type { Obligation } from './obligations.ts';
import { isInside, relate, type SubjectCode } from './relate.ts';
import { isGovernmentCode, standingOf } from './standing.ts';
import type { Target } from './target.ts';
import { rowOf, type Audience } from './tier.ts';

/** For whom a caller's projection is made. */
export function audienceOf(actor: Actor, home: string): Audience {
  const { government, provincial, foreign, enterprise } = standingOf(actor, home);
  if (government || provincial) return 'province';
  if (foreign) return 'city';
  return enterprise ? 'enterprise' : 'public';
}

/** May the caller view the original? Every relation is asked, the most entitled first; one that allows is enough. */
export function decideView(request: RecordRequest): Decision {
  const { actor, target, home } = request;
  const reaching = relate(actor, target, home);
  const projection = projectionOf(request, reaching);
  const subject = reaching[0] ?? 'PUB';
  if (target.origin !== home) return viewReplica(request, reaching, projection);
  const reasons: ErrorCode[] = [];
  for (const code of reaching) {
    const answer = answerOf(code, request);
    if ('obligations' in answer) return answer;
    reasons.push(answer.reason);
  }
  const { foreign } = standingOf(actor, home);
  const reason = foreign && reaching.length > 0 ? 'CROSS_NODE' : (reasons[0] ?? 'NOT_FOUND');
  return denyView(subject, reason, projection);
}

/** Who sees at least a projection gets a code; the rest an absent record. */
export const denyView = (subject: SubjectCode, reason: ErrorCode, projection: Audience | null): Deny => {
  const known = reason === 'NOT_FOUND' && projection !== null ? 'NOT_OPEN' : reason;
  const isOwner = subject === 'OWN' || subject === 'STE';
  return { effect: 'deny', subject, reason: known, shown: projection !== null || isOwner ? known : 'NOT_FOUND', projection };
};

/** The audience whose projection of the record the caller has at least. */
export const projectionOf = ({ actor, target, home }: RecordRequest, reaching: readonly SubjectCode[]): Audience | null => {
  const audience = audienceOf(actor, home);
  return reaching.length > 0 && findNode(target.origin) && rowOf(audience, target.label) !== null ? audience : null;
};

/** Government of this node sees a replica as it was received; everybody else what is left of it for them. The original is elsewhere. */
function viewReplica({ target }: RecordRequest, reaching: readonly SubjectCode[], projection: Audience | null): Decision {
  const inside = reaching.find(isInside);
  if (inside && projection) return allow(inside, target, 'none', []);
  return denyView(reaching[0] ?? 'PUB', 'CROSS_NODE', projection);
}

function answerOf(code: SubjectCode, request: RecordRequest): Allow | { reason: ErrorCode } {
  const { actor, target, part } = request;
  const label = target.joint;
  const band = bandOf(label);
  if (band === 'CORE') return { reason: 'CORE' };
  if (code === 'ENT' && band !== 'L1' && !standingOf(actor, request.home).enterprise) return { reason: 'SUBJECT_STATE' };
  const cell = cellOf(BASE_TABLE[code], band, label);
  const missing = cell.asks && isAsked(code, actor, target, request.home) ? missingOf(actor, label, request.now) : undefined;
  if (missing) return { reason: missing };
  if (part === 'summary' && cell.summary) return allow(code, target, maskOf(code, request), ['projection:summary']);
  if (cell.answer === 'allow') return allow(code, target, maskOf(code, request), []);
  return { reason: refusalOf(cell, code, label) };
}

/** Share N: nobody beyond the owner department, and no grant changes it. */
function refusalOf({ answer }: Cell, code: SubjectCode, label: Label): ErrorCode {
  const isGrantable = answer === 'grant' || answer === 'NOT_GRANTABLE';
  if (isGrantable && label.share === 'N' && code !== 'OWN' && code !== 'STE') return 'SHARE_PROHIBITED';
  return answer === 'grant' || answer === 'allow' ? 'NEEDS_GRANT' : answer;
}

/** † is asked of persons in government, and not of the owner about a record that nobody has classified yet. */
export function isAsked(code: SubjectCode, actor: Actor, target: Target, home: string): boolean {
  if (code === 'OWN') return target.classified && isGovernmentCode(target.ownerUscc);
  return code === 'STE' ? standingOf(actor, home).government : true;
}

/** What a person in government lacks for a label, in the order it is asked for. */
export function missingOf(actor: Actor, label: Label, now: Date): 'CLEARANCE' | 'STEP_UP' | 'TRAINING' | undefined {
  if (actor.type !== 'person' || !isCleared(actor, label)) return 'CLEARANCE';
  if (!actor.steppedUp) return 'STEP_UP';
  return isTrained(actor, now) ? undefined : 'TRAINING';
}

const isCleared = ({ clearance }: Person, label: Label): boolean =>
  (['level', 'pi', 'safety'] as const).every((axis) => rank(axis, clearance[axis]) >= rank(axis, label[axis]));

/** A plain date is valid to its end in Asia/Shanghai. */
export function isTrained({ trainingUntil }: Person, now: Date): boolean {
  if (trainingUntil === null) return false;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(trainingUntil);
  return now.getTime() < Date.parse(isDay ? `${trainingUntil}T24:00:00+08:00` : trainingUntil);
}

/** Personal data are hidden outside the owner department; there, sensitive ones until a reason is given. */
function maskOf(code: SubjectCode, { target, unmaskReason }: RecordRequest): Mask {
  const { pi } = target.joint;
  if (code !== 'OWN' && code !== 'STE') return pi === 'none' ? 'none' : 'personal';
  return pi === 'spi' && !unmaskReason ? 'special' : 'none';
}

export function allow(subject: SubjectCode, target: Target, mask: Mask, more: readonly Obligation[]): Allow {
  const label = target.joint;
  const obligations: Obligation[] = label.level === 'L1' && target.label.level === 'L1' ? [...more] : ['log', ...more];
  if (mask !== 'none') obligations.push('mask');
  if (label.pi === 'spi' && (subject === 'OWN' || subject === 'STE')) obligations.push('unmask-with-reason');
  return { effect: 'allow', subject, obligations, mask };
}
