import { decide, type Allow, type Target } from '@xiangjing/authorization';
import { checkUscc, recordId, SEALED, type DomainCode, type Issue, type JsonObject } from '@xiangjing/scenario-sdk';
import { v7 as uuidv7 } from 'uuid';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { DeniedError } from '../kernel/denied.ts';
import { inputError, parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { getRecord } from './get-record.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { writeIntent } from '../kernel/write-intent.ts';
import { auditOf, intentOf, keepRevision } from './change-record.ts';
import { derivedCore } from './derived-core.ts';
import { askRules } from './gates.ts';
import { activeOwnerOrThrow } from './internal.ts';
import { fieldLabelIssues, labelIssues } from './label-checks.ts';
import { keepListed } from './listed-row.ts';
import { contentColumns, coreIssues, keyIssues, leadDomain, merged, textIn, type Content } from './record-content.ts';
import { CreateRecordInput, type RecordView } from './schemas.ts';
import { viewOf } from './view.ts';

/** Mints a record: a draft of its owner's organisation, sealed unless a whole label comes with it. */
export async function createRecord(ctx: ServiceContext, raw: CreateRecordInput): Promise<RecordView> {
  authorise(ctx, 'record.create');
  const input = parse(CreateRecordInput, raw);
  const draft = draftOrThrow(ctx, input);
  const decision = mayCreate(ctx, draft);
  return inTransaction(ctx, { action: 'record.create', input, again: ({ id }) => getRecord(ctx, { id }) }, async (tx) => {
    const owner = await activeOwnerOrThrow(tx, textIn(draft.core, 'ownerUscc'));
    const content = { ...draft, core: await derivedCore(tx, ctx, draft, owner) };
    const { unchecked } = await askRules(ctx, content, 'draft');
    const now = ctx.clock.now();
    const row = await tx.record.create({
      data: {
        id: recordId(ctx.node.adcode, content.kind, uuidv7()),
        kind: content.kind,
        rev: 1,
        stage: 'draft',
        ownerUscc: owner.uscc,
        ...contentColumns(ctx, content),
        classified: input.label !== undefined,
        unchecked,
        createdBy: ctx.actor.type === 'person' ? ctx.actor.sub : ctx.actor.type,
        createdAt: now,
        updatedAt: now,
      },
    });
    await keepRevision(tx, ctx, null, row, { verb: 'create', role: 'owner' });
    await keepListed(tx, ctx, row);
    await writeAudit(tx, ctx, {
      action: 'record.create',
      subject: decision.subject,
      obligations: decision.obligations,
      ...auditOf('create', null, row),
    });
    await writeIntent(tx, ctx, intentOf('create', row));
    return viewOf(tx, ctx, row);
  });
}

/** The content as far as it can be judged without the database; all its faults at once. */
function draftOrThrow(ctx: ServiceContext, input: ReturnType<typeof CreateRecordInput.parse>): Content {
  const { kind, attrs, fieldLabels } = input;
  const core = withOwner(ctx, merged({}, input.core as JsonObject));
  const domain = leadDomain(core);
  const fields = ctx.plugins.fields(kind, domain as DomainCode);
  const issues = [
    ...keyIssues(ctx, kind, { core, attrs: attrs as JsonObject }, domain),
    ...needed(core),
    ...coreIssues(ctx, kind, core, 'draft'),
    ...(domain ? ctx.plugins.parseDraft(domain, kind, attrs as JsonObject) : []),
    ...(input.label ? labelIssues(input.label) : []),
    ...fieldLabelIssues(fieldLabels, fields),
  ];
  if (issues.length > 0) throw inputError(issues);
  const schema = (domain && ctx.plugins.descriptor(domain)?.schema) ?? 0;
  return { kind, core, attrs: merged({}, attrs as JsonObject), schema, label: input.label ?? SEALED, fieldLabels };
}

/** Whoever acts for one organisation need not name it; the code is kept in its normal form. */
function withOwner(ctx: ServiceContext, core: JsonObject): JsonObject {
  const grants = ctx.actor.type === 'person' ? ctx.actor.grants : [];
  const own = grants.flatMap(({ role, scope }) => (role === 'owner' && scope.type === 'organisation' ? [scope.uscc] : []));
  const named = core.ownerUscc ?? (own.length === 1 ? own[0]! : undefined);
  if (named === undefined) return core;
  const checked = typeof named === 'string' ? checkUscc(named) : undefined;
  return { ...core, ownerUscc: checked?.ok ? checked.uscc : named };
}

/** A draft may have holes, but it is somebody's, has a name, and belongs to a domain. */
function needed(core: JsonObject): Issue[] {
  const titles = { title: '名称', domains: '领域', ownerUscc: '场景单位统一社会信用代码' };
  return Object.entries(titles)
    .filter(([name]) => core[name] === undefined)
    .map(([name, titleZh]) => ({
      pointer: `/core/${name}`,
      code: 'FIELD_MISSING',
      message: `新建时要填“${titleZh}”`,
      remedy: '补上这一项',
    }));
}

function mayCreate(ctx: ServiceContext, { kind, core, label }: Content): Allow {
  const target: Target = {
    origin: ctx.node.adcode,
    kind,
    ownerUscc: textIn(core, 'ownerUscc'),
    region: textIn(core, 'region') || ctx.node.adcode,
    domains: core.domains as string[],
    label,
    joint: label,
    classified: label !== SEALED,
    stage: 'draft',
    suspended: false,
    viewed: false,
  };
  const decision = decide({ action: 'record.create', actor: ctx.actor, target, home: ctx.node.adcode, now: ctx.clock.now() });
  if (decision.effect === 'allow') return decision;
  const { shown, subject, reason } = decision;
  throw new DeniedError(
    shown === 'NOT_FOUND' ? reason : shown,
    { subject, reason },
    { message: shown === 'ROLE' ? '只能为您所代表的单位新建记录' : undefined },
  );
}
