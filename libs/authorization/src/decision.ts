import type { ErrorCode, Label, LifecycleVerb } from '@xiangjing/scenario-sdk';
import type { Actor } from './actor.ts';
import type { Mask } from './mask.ts';
import type { Obligation } from './obligations.ts';
import type { SubjectCode } from './relate.ts';
import type { Target } from './target.ts';
import type { Audience } from './tier.ts';

/** Stored with every audit record and every projection: which rules decided. */
export const POLICY_VERSION = 'base-1';

export type Allow = { effect: 'allow'; subject: SubjectCode; obligations: Obligation[]; mask: Mask };
/**
 * `reason` is what the audit keeps, `shown` what the caller learns: NOT_FOUND where there is not even a projection. `projection`
 * is what the caller may have instead of the original: project an own record for that audience, narrow a replica to it.
 */
export type Deny = { effect: 'deny'; subject: SubjectCode; reason: ErrorCode; shown: ErrorCode; projection: Audience | null };
export type Decision = Allow | Deny;

export interface DecisionRequest {
  actor: Actor;
  /** One of {@link ACTIONS}. Any other word denies. */
  action: string;
  /** The record acted on; for `record.create` as it would be, with `stage: 'draft'`. */
  target?: Target;
  /** `organisation.create`: what is to be made. */
  organisation?: { uscc: string; region: string };
  /** Adcode of this node. */
  home: string;
  now: Date;
  /** `record.advance`: the lifecycle verb. */
  verb?: LifecycleVerb;
  /** View: title and summary only, or the whole (default). `federation.view`: the public part only, or the whole. */
  part?: 'summary' | 'body';
  /** `record.classify`: the own label proposed. */
  proposed?: Label;
  /** `record.replicate`: for whom. */
  audience?: Audience;
  /** View of sensitive personal data by the owner department: why it is unmasked. */
  unmaskReason?: string;
}
export interface RecordRequest extends DecisionRequest {
  target: Target;
}

/** A refusal before any record is looked at: it may be shown, since it is the same whether or not the record exists. */
export const refuse = (reason: ErrorCode, subject: SubjectCode = 'PUB'): Deny => ({
  effect: 'deny',
  subject,
  reason,
  shown: reason,
  projection: null,
});
