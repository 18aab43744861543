import type { Tx } from '@xiangjing/db';
import { currentTraceparent } from '@xiangjing/platform';
import type { JsonObject } from '@xiangjing/scenario-sdk';
import { v7 as uuidv7 } from 'uuid';
import type { ServiceContext } from './context.ts';

export interface IntentEntry {
  /** noun.past-tense */
  event: string;
  recordId: string;
  rev: number;
  body: JsonObject;
}

/** What follows from a change, for the egress worker and for reactions; numbered at commit. Carries the trace of the call. */
export async function writeIntent(tx: Pick<Tx, 'intent'>, ctx: ServiceContext, entry: IntentEntry): Promise<void> {
  const { event, recordId, rev, body } = entry;
  const traceparent = currentTraceparent() ?? null;
  await tx.intent.createMany({ data: { id: uuidv7(), recordId, rev, event, body, traceparent, recordedAt: ctx.clock.now() } });
}
