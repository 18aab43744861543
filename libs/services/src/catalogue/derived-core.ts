import type { OrganisationModel, Tx } from '@xiangjing/db';
import { type Json, type JsonObject, type Kind } from '@xiangjing/scenario-sdk';
import { inputError } from '../kernel/input.ts';

/** What a demonstration inherits of its opportunity. */
const INHERITED = ['scenarioKind', 'supplyAreas', 'industry', 'outcomeTags'] as const;

/** Core fields with those that the node derives: the owner as registered, and for a demonstration what it inherits. */
export async function derivedCore(tx: Tx, kind: Kind, core: JsonObject, owner: OrganisationModel): Promise<JsonObject> {
  const whole: JsonObject = { region: owner.region, ...core, ownerUscc: owner.uscc, ownerName: owner.name };
  return kind === 'demonstration' ? { ...whole, ...(await inherited(tx, core.from)) } : whole;
}

async function inherited(tx: Tx, from: Json | undefined): Promise<JsonObject> {
  if (typeof from !== 'object' || from === null || Array.isArray(from) || typeof from.opportunity !== 'string') return {};
  const opportunity = await tx.record.findUnique({ where: { id: from.opportunity, kind: 'opportunity' }, select: { core: true } });
  if (!opportunity) {
    const message = '本节点没有这条场景机会';
    throw inputError([{ pointer: '/core/from/opportunity', code: 'INPUT_INVALID', message, remedy: '示范在其场景机会的归属节点登记' }]);
  }
  const core = opportunity.core as JsonObject;
  return Object.fromEntries(INHERITED.flatMap((name) => (core[name] === undefined ? [] : [[name, core[name]]])));
}
