import type { Clock } from './clock.ts';
import type { FieldsOf } from './fields-of.ts';
import { judgeEvent, type JudgedEvent } from './judge-event.ts';
import type { ArrivedBatch } from './receive-batch.ts';
import type { RegistryStore } from './registry-store.ts';
import { signatureFault, type SignatureFault, type VerifyingKey } from './signature.ts';

export type VerifyEvent = (bytes: Buffer, signature: string, keys: readonly VerifyingKey[], at: Date) => Promise<SignatureFault | null>;
export interface VerifyOptions {
  registry: RegistryStore;
  fields: FieldsOf;
  clock: Clock;
  /** How an event's signature is checked; a benchmark measures the rest without it. */
  verify?: VerifyEvent;
}
type Verified = { event: JudgedEvent } | { refused: SignatureFault };
export interface JudgedBatch {
  events: JudgedEvent[];
  /** Why the event after those is not taken. */
  fault: { code: 'SIGNATURE_INVALID' | 'SOURCE_MISMATCH'; reason: string } | null;
}

/** Checks each signature over the bytes as received, with the origin's keys of the registry, and reads what verifies. */
export async function verifyBatch(options: VerifyOptions, batch: ArrivedBatch): Promise<JudgedBatch> {
  let verified = await verifyAll(options, batch);
  if (verified.some((v) => 'refused' in v && v.refused === 'unknown key')) {
    await options.registry.refresh(); // a key that another process learnt meanwhile
    verified = await verifyAll(options, batch);
  }
  const events: JudgedEvent[] = [];
  for (const result of verified) {
    if ('refused' in result) return { events, fault: { code: 'SIGNATURE_INVALID', reason: `signature ${result.refused}` } };
    if (result.event.mismatch) return { events, fault: { code: 'SOURCE_MISMATCH', reason: result.event.mismatch } };
    events.push(result.event);
  }
  return { events, fault: null };
}

function verifyAll({ registry, fields, clock, verify = signatureFault }: VerifyOptions, batch: ArrivedBatch): Promise<Verified[]> {
  const keys = registry.node(batch.origin)?.keys ?? [];
  const now = clock.now();
  return Promise.all(
    batch.events.map(async ({ bytes: text, signature }, index): Promise<Verified> => {
      const bytes = Buffer.from(text, 'base64');
      const refused = await verify(bytes, signature, keys, now);
      return refused ? { refused } : { event: judgeEvent(bytes, signature, { ...batch, seq: batch.from + 1 + index }, fields) };
    }),
  );
}
