import { decide, type Allow, type Decision, type DecisionRequest, type Deny } from '@xiangjing/authorization';
import { findDomain, labelText, LIFECYCLE, type LifecycleVerb, type ProjectedDocument, type Role } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { DeniedError, type Denial } from '../kernel/denied.ts';
import { project } from './listed-row.ts';
import { documentOf, labelOf, targetOf, type RecordRow } from './record-row.ts';

type Asked = Pick<DecisionRequest, 'action' | 'verb' | 'part' | 'proposed'>;

/** The one way in which catalogue asks for a decision on an own record. */
export const decideOn = (ctx: ServiceContext, row: RecordRow, asked: Asked): Decision =>
  decide({ ...asked, actor: ctx.actor, target: targetOf(row, ctx.node.adcode), home: ctx.node.adcode, now: ctx.clock.now() });

/** May the caller take this step? In a domain that the plan gives no lead department the coordinator acts as lead. */
export function decideStep(ctx: ServiceContext, row: RecordRow, verb: LifecycleVerb): Decision {
  const decision = decideOn(ctx, row, { action: 'record.advance', verb });
  const roles: readonly Role[] = LIFECYCLE[verb].roles;
  if (decision.effect === 'allow' || !roles.includes('lead') || hasLead(row)) return decision;
  const coordinates = decideOn(ctx, row, { action: 'record.advance', verb: 'publish' }); // a step that is the coordinator's
  return coordinates.effect === 'allow' ? coordinates : decision;
}
const hasLead = (row: RecordRow): boolean => (findDomain(row.domain)?.leadDepartments ?? []).length > 0;

/** What this caller sees of an own record: the whole, a projection, or nothing at all. */
export type Sight =
  | { part: 'body'; decision: Allow }
  | { part: 'projection'; decision: Deny; document: ProjectedDocument }
  | { part: 'none'; decision: Deny };

export function sightOf(ctx: ServiceContext, row: RecordRow, action: 'record.view' | 'record.history' = 'record.view'): Sight {
  const decision = decideOn(ctx, row, { action });
  if (decision.effect === 'allow') return { part: 'body', decision };
  const document = decision.projection && project(ctx, row.domain, documentOf(row), decision.projection);
  return document ? { part: 'projection', decision, document } : { part: 'none', decision };
}

/** True if the caller could see the record while it was published: then it learns that it is gone, and not that there is none. */
export function couldSee(ctx: ServiceContext, row: RecordRow): boolean {
  if (row.firstPublishedOn === null) return false;
  return sightOf(ctx, { ...row, stage: 'published', suspended: false }).part !== 'none';
}

/** What the audit keeps of a refusal on this record. */
export const denialOf = (row: RecordRow, { subject, reason }: Pick<Deny, 'subject' | 'reason'>): Denial => ({
  subject,
  reason,
  recordId: row.id,
  label: labelText(labelOf(row)),
  labelVersion: row.labelVersion,
});

export const refusal = (row: RecordRow, decision: Deny, more?: { message?: string; remedy?: string; details?: Record<string, unknown> }) =>
  new DeniedError(decision.shown, denialOf(row, decision), decision.shown === 'NOT_FOUND' ? {} : more);
