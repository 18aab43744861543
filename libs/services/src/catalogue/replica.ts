import { audienceOf, decide, narrowDocument, receivedJoint, type Decision, type Target } from '@xiangjing/authorization';
import type { ReplicaModel } from '@xiangjing/db';
import {
  DomainCode,
  Label,
  labelText,
  ProjectedDocument,
  ScenarioKind,
  Stage,
  z,
  type FieldDirectory,
  type Kind,
} from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { dayFrom } from '../kernel/dates.ts';
import { DeniedError, notFound, type Denial } from '../kernel/denied.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { aboveL1 } from './above-l1.ts';
import { recordGone } from './gone.ts';
import { holderOf } from './holder.ts';
import type { RecordView } from './schemas.ts';
import { shownOfDocument } from './view.ts';

/** Another node's record as this node received it, narrowed once more for this caller. */
export async function getReplica(ctx: ServiceContext, id: string): Promise<RecordView> {
  const found = await readReplica(ctx, id, 'record.view');
  const { replica, document, fields, decision } = found;
  const view = { ...(await headOf(ctx, replica)), ...shownOfDocument(document, fields) };
  if (aboveL1([document.label, ...Object.values(document.labels)])) await auditReplica(ctx, 'record.view', document, decision);
  const { kind, rev, stage, suspended, schema } = document;
  return { id, kind, rev, stage, suspended, schema, ...view, holder: holderOf(stage, view) };
}

interface SeenReplica {
  replica: ReplicaModel;
  /** Narrowed for the caller. */
  document: ProjectedDocument;
  fields: FieldDirectory;
  decision: Decision;
}

/** The replica if this caller sees any of it; a retracted one is gone for whoever could see it. */
export async function readReplica(ctx: ServiceContext, id: string, action: 'record.view' | 'record.history'): Promise<SeenReplica> {
  const replica = await ctx.db.replica.findUnique({ where: { recordId: id } });
  if (!replica) throw notFound({ subject: 'PUB', reason: 'NOT_FOUND', recordId: id });
  if (replica.state === 'retracted') throw goneOrNotFound(ctx, replica);
  const received = ProjectedDocument.parse(replica.document);
  const decision = decideOn(ctx, targetOf(received, replica.origin), action);
  const domain = DomainCode.safeParse(listIn(received.core.domains)[0]).data ?? '';
  const fields = ctx.plugins.fields(received.kind, domain as DomainCode);
  const audience = decision.effect === 'allow' ? audienceOf(ctx.actor, ctx.node.adcode) : decision.projection;
  const document = audience && narrowDocument(received, audience, fields);
  if (document) return { replica, document, fields, decision };
  const denial = denialOf(id, decision, received.label);
  throw decision.effect === 'deny' ? new DeniedError(decision.shown, denial) : notFound(denial);
}

const decideOn = (ctx: ServiceContext, target: Target, action: string): Decision =>
  decide({ action, actor: ctx.actor, target, home: ctx.node.adcode, now: ctx.clock.now() });

const denialOf = (recordId: string, decision: Decision, label?: Label): Denial => ({
  subject: decision.subject,
  reason: decision.effect === 'deny' ? decision.reason : 'NO_PROJECTION',
  recordId,
  ...(label ? { label: labelText(label) } : {}),
});

function targetOf(doc: ProjectedDocument, origin: string): Target {
  const { ownerUscc, region, scenarioKind } = doc.core;
  return {
    origin,
    kind: doc.kind,
    ownerUscc: typeof ownerUscc === 'string' ? ownerUscc : '',
    region: typeof region === 'string' ? region : '',
    domains: listIn(doc.core.domains),
    scenarioKind: ScenarioKind.safeParse(scenarioKind).data ?? null,
    label: doc.label,
    joint: receivedJoint(doc),
    classified: true,
    stage: doc.stage,
    suspended: doc.suspended,
    viewed: true,
  };
}
const listIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

/** What apply keeps of a record that was retracted: enough to tell who could see it. */
const Tombstone = z.object({
  kind: z.string(),
  reason: z.enum(['withdrawn', 'suspended', 'reopened', 'label-raised']),
  target: z
    .object({
      ownerUscc: z.string(),
      region: z.string(),
      domains: z.array(z.string()),
      scenarioKind: ScenarioKind.nullable().catch(null),
      label: Label,
      joint: Label,
      stage: Stage,
    })
    .nullable(),
});

function goneOrNotFound(ctx: ServiceContext, replica: ReplicaModel): Error {
  const stone = Tombstone.safeParse(replica.document).data;
  const absent = notFound({ subject: 'PUB', reason: 'NOT_FOUND', recordId: replica.recordId });
  if (!stone?.target || stone.reason === 'label-raised') return absent;
  const target: Target = {
    ...stone.target,
    kind: stone.kind as Kind,
    origin: replica.origin,
    classified: true,
    suspended: false,
    viewed: true,
  };
  const decision = decideOn(ctx, target, 'record.view');
  const saw = decision.effect === 'allow' || decision.projection !== null;
  return saw ? recordGone(stone.reason) : absent;
}

async function headOf(ctx: ServiceContext, replica: ReplicaModel) {
  const { origin, view, recordId } = replica;
  const [cursor, bytes, listed] = await Promise.all([
    ctx.db.peerCursor.findUnique({ where: { origin_view: { origin, view } }, select: { heardAt: true } }),
    ctx.db.replicaBytes.findUnique({ where: { origin_view_recordId: { origin, view, recordId } }, select: { digest: true } }),
    ctx.db.listedRecord.findUnique({ where: { id: recordId }, select: { firstPublishedOn: true, changedAt: true } }),
  ]);
  return {
    origin,
    classified: true,
    unchecked: false,
    verbs: [],
    provenance: {
      view,
      receivedAt: replica.receivedAt.toISOString(),
      heardAt: cursor?.heardAt.toISOString() ?? null,
      verified: bytes !== null, // only bytes whose signature verified are stored
      digest: bytes?.digest ?? null,
    },
    firstPublishedOn: dayFrom(listed?.firstPublishedOn ?? null),
    stageDates: {},
    changedAt: (listed?.changedAt ?? replica.receivedAt).toISOString(),
  };
}

export async function auditReplica(ctx: ServiceContext, action: string, document: ProjectedDocument, decision: Decision): Promise<void> {
  const { id, label } = document;
  const obligations = decision.effect === 'allow' ? decision.obligations : ['log'];
  await writeAudit(ctx.db, ctx, {
    action,
    subject: decision.subject,
    recordId: id,
    label: labelText(label),
    obligations,
    detail: { part: 'replica' },
  });
}
