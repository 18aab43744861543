import type { OrganisationModel, Tx } from '@xiangjing/db';
import { type Json, type JsonObject, type Kind } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { inputError } from '../kernel/input.ts';
import { sameJson } from './record-content.ts';
import { documentOf, type RecordRow } from './record-row.ts';
import { sightOf } from './sight.ts';

/** What a demonstration inherits of its opportunity. */
const INHERITED = ['scenarioKind', 'supplyAreas', 'industry', 'outcomeTags'] as const;

interface Written {
  kind: Kind;
  core: JsonObject;
  /** As it stood before this change. */
  before?: JsonObject;
}

/** Core fields with those that the node derives: the owner as registered, and for a demonstration what it inherits. */
export async function derivedCore(tx: Tx, ctx: ServiceContext, written: Written, owner: OrganisationModel): Promise<JsonObject> {
  const { kind, core } = written;
  const whole: JsonObject = { region: owner.region, ...core, ownerUscc: owner.uscc, ownerName: owner.name };
  return kind === 'demonstration' ? { ...whole, ...(await inherited(tx, ctx, written)) } : whole;
}

/** An opportunity that the writer sees nothing of is told like one that is not here; what was inherited while it was seen stays. */
async function inherited(tx: Tx, ctx: ServiceContext, { core, before = {} }: Written): Promise<JsonObject> {
  const id = opportunityIn(core.from);
  if (id === undefined) return {};
  const opportunity = await tx.record.findUnique({ where: { id, kind: 'opportunity' } });
  const seen = opportunity ? coreSeenBy(ctx, opportunity) : undefined;
  if (seen) return Object.fromEntries(INHERITED.flatMap((name) => (seen[name] === undefined ? [] : [[name, seen[name]]])));
  if (sameJson(before.from, core.from)) return {};
  const message = '本节点没有这条场景机会';
  throw inputError([{ pointer: '/core/from/opportunity', code: 'INPUT_INVALID', message, remedy: '示范在其场景机会的归属节点登记' }]);
}

function opportunityIn(from: Json | undefined): string | undefined {
  if (typeof from !== 'object' || from === null || Array.isArray(from)) return undefined;
  return typeof from.opportunity === 'string' ? from.opportunity : undefined;
}

function coreSeenBy(ctx: ServiceContext, row: RecordRow): JsonObject | undefined {
  const sight = sightOf(ctx, row);
  if (sight.part === 'body') return documentOf(row).core;
  return sight.part === 'projection' ? (sight.document.core as JsonObject) : undefined;
}
