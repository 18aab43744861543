import { AUDIENCE_OF_VIEW } from '@xiangjing/authorization';
import type { Tx } from '@xiangjing/db';
import type { CheckResult } from '@xiangjing/plugin-host';
import {
  DomainError,
  LIFECYCLE,
  PROVINCE,
  type Issue,
  type JsonObject,
  type Kind,
  type LifecycleVerb,
  type Move,
  type RecordDocument,
  type Stage,
  type TermCode,
  type View,
} from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { dayOf } from '../kernel/dates.ts';
import { inputError } from '../kernel/input.ts';
import { activeOwnerOrThrow } from './internal.ts';
import { project } from './listed-row.ts';
import { coreIssues, leadDomain, textIn } from './record-content.ts';
import { documentOf, type RecordRow } from './record-row.ts';
import type { Reason } from './schemas.ts';

type Judged = Pick<RecordDocument, 'kind' | 'core' | 'attrs'>;

/** What stands in the way of a step: mandatory fields, the domain's rules for the stage it leads to, and who would see it. */
export async function passGatesOrThrow(tx: Tx, ctx: ServiceContext, row: RecordRow, verb: LifecycleVerb, to: Stage): Promise<void> {
  if (verb !== 'submit' && verb !== 'select' && verb !== 'publish') return;
  const doc = documentOf(row);
  await activeOwnerOrThrow(tx, row.ownerUscc);
  await wholeOrThrow(ctx, doc, verb === 'publish' ? 'publish' : 'submit', to);
  if (verb === 'publish') visibleOrThrow(ctx, row);
}

/** All that is missing or wrong for a stage, core fields and attributes together, each with its place; false: nothing is left unchecked. */
export async function wholeOrThrow(ctx: ServiceContext, doc: Judged, at: 'submit' | 'publish', stage: Stage): Promise<false> {
  const rules = await askRules(ctx, doc, stage);
  const issues = [...coreIssues(ctx, doc.kind, doc.core, at), ...overdue(ctx, doc.core), ...rules.issues];
  if (issues.length > 0) throw inputError(issues);
  if (!rules.unchecked) return false;
  throw new DomainError('RECORD_UNCHECKED', '领域规则暂时无法检查，记录已保存，但不能往下办理', {
    remedy: '稍后再试；运维员请查看插件状态',
  });
}

function overdue(ctx: ServiceContext, core: JsonObject): Issue[] {
  const validUntil = textIn(core, 'validUntil');
  if (validUntil === '' || validUntil >= dayOf(ctx.clock.now())) return [];
  return [{ pointer: '/core/validUntil', code: 'INPUT_INVALID', message: `有效期 ${validUntil} 已过`, remedy: '改为今天或以后的日期' }];
}

/** What the domain's plug-in says of the attributes for a stage. */
export function askRules(ctx: ServiceContext, { kind, core, attrs }: Judged, stage: Stage): Promise<CheckResult> {
  const domain = leadDomain(core);
  if (!domain) return Promise.resolve({ issues: [], warnings: [], unchecked: false });
  const [from, to] = [textIn(core, 'plannedFrom'), textIn(core, 'plannedTo')];
  const terms = (core.scenarioTypes ?? []) as TermCode[];
  return ctx.plugins.check(domain, kind satisfies Kind, attrs, { stage, terms, planned: from && to ? { from, to } : null });
}

/** Publishing that nobody would see would do nothing. */
function visibleOrThrow(ctx: ServiceContext, row: RecordRow): void {
  const views: View[] = ctx.node.adcode === PROVINCE ? ['down', 'public'] : ['up', 'peer', 'public'];
  const doc = documentOf(row);
  if (views.some((view) => project(ctx, row.domain, doc, AUDIENCE_OF_VIEW[view]) !== null)) return;
  throw new DomainError('NOTHING_VISIBLE', '按现在的定级，没有任何视图会有这条记录，发布不起作用', {
    remedy: '核对定级；这一级别的记录不在目录中发布',
  });
}

/** A verb that needs a reason has one with code and text; `return` also names the fields to be mended. */
export function reasonsOrThrow(verb: LifecycleVerb, reasons: readonly Reason[]): void {
  const need = (LIFECYCLE[verb] as Move).reason;
  const enough = need === 'none' || reasons.some((reason) => need === 'text' || reason.fields.length > 0);
  if (enough) return;
  const message = need === 'field' ? '要写原因，并指出要改的字段' : '要写原因';
  throw inputErrorOf({ pointer: '/reasons', code: 'REASON_MISSING', message, remedy: 'reasons 写作 [{code, text, fields}]' });
}
const inputErrorOf = (issue: Issue): DomainError => inputError([issue]);
