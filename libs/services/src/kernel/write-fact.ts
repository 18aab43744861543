import type { Tx } from '@xiangjing/db';
import type { ScenarioKind } from '@xiangjing/scenario-sdk';
import { v7 as uuidv7 } from 'uuid';
import type { ServiceContext } from './context.ts';
import { dateOf } from './dates.ts';
import { writeIntent } from './write-intent.ts';

export interface FactEntry {
  /** noun.past-tense, as a target counts it */
  type: string;
  /** The record it is about, and the one that joins what is one scenario. */
  subject: string;
  rootId: string;
  occurredOn: string;
  scenarioKind: ScenarioKind | null;
  domains: readonly string[];
  region: string;
  uscc: string;
}

/**
 * What a target counts: an immutable row, once per type and root for ever, in the transaction of the verb that caused it. The
 * intent beside it carries the fact to the province.
 */
export async function writeFact(tx: Pick<Tx, 'fact' | 'intent'>, ctx: ServiceContext, entry: FactEntry, rev: number): Promise<void> {
  const factId = uuidv7();
  const { count } = await tx.fact.createMany({
    data: {
      factId,
      node: ctx.node.adcode,
      recordedAt: ctx.clock.now(),
      ...entry,
      occurredOn: dateOf(entry.occurredOn),
      domains: [...entry.domains],
    },
    skipDuplicates: true,
  });
  if (count === 1) await writeIntent(tx, ctx, { event: 'fact.recorded', recordId: entry.subject, rev, body: { factId } });
}
