import type { Condition } from './condition.ts';
import type { ErrorCode, FieldDirectory, Issue, Label, ProjectedDocument, RecordDocument, Role, View } from '@xiangjing/scenario-sdk';
import type { Actor } from './actor.ts';
import type { Target } from './target.ts';

// Signatures first; the bodies follow in files of their own.
export * from './actor.ts';
export * from './target.ts';

/** Relations between a caller and one record, from the most to the least entitled. */
export type SubjectCode = 'OWN' | 'STE' | 'POP' | 'COP' | 'PST' | 'CST' | 'ENT' | 'PRV' | 'NOD' | 'ADM' | 'PUB';
export declare function relate(actor: Actor, target: Target, home: string): SubjectCode[];
/** Fourth parameter beyond the agreement: without `home` nobody can tell a replica from an own record. */
export declare function holdsRole(actor: Actor, role: Role, target: Target, home: string): boolean;

export type Audience = 'province' | 'city' | 'enterprise' | 'public';
export declare const AUDIENCE_OF_VIEW: Record<View, Audience>;

export type Allow = { effect: 'allow'; subject: SubjectCode; obligations: string[]; mask: 'personal' | 'special' | 'none' };
export type Deny = { effect: 'deny'; subject: SubjectCode; reason: ErrorCode; shown: ErrorCode; projection: Audience | null };
export type Decision = Allow | Deny;
export interface DecisionRequest {
  actor: Actor;
  /** One of ACTIONS, or `advance:<verb>`. */
  action: string;
  target: Target;
  home: string;
  now: Date;
  part?: 'summary' | 'body';
  /** classify: the label proposed. */
  proposed?: Label;
  /** replicate: who is to get it. */
  audience?: Audience;
}
export declare function decide(request: DecisionRequest): Decision;

export declare function projectDocument(
  doc: RecordDocument,
  audience: Audience,
  using: { fields: FieldDirectory; descriptor: string | null },
): ProjectedDocument | null;
export declare function narrowDocument(doc: ProjectedDocument, audience: Audience, fields: FieldDirectory): ProjectedDocument | null;
export declare function checkTier(doc: ProjectedDocument, view: View, fields: FieldDirectory): Issue[];
export declare function effectiveLabel(
  doc: Pick<RecordDocument, 'core' | 'label' | 'fieldLabels'>,
  path: string,
  fields: FieldDirectory,
): Label;
export declare function jointLabel(doc: Pick<RecordDocument, 'core' | 'attrs' | 'label' | 'fieldLabels'>, fields: FieldDirectory): Label;
/** Joint label of a received document: over the paths it holds. */
export declare function receivedJoint(doc: ProjectedDocument): Label;

export * from './condition.ts';
/** A row is in the caller's lists: there is at least a projection for the caller. */
export declare function listRule(actor: Actor, home: string, now: Date): Condition;
/** The caller may view the whole original (or the whole of what was received). */
export declare function bodyRule(actor: Actor, home: string, now: Date): Condition;
