import type { Clock } from '../clock.ts';
import type { Feed } from '../comparison/feed-buckets.ts';
import type { PlacedEvent } from '../comparison/wire-compare.ts';
import type { FieldsOf } from '../fields-of.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { signatureFault, type SignatureFault, type VerifyingKey } from '../registry/signature.ts';
import { judgeEvent, type JudgedEvent } from './judge-event.ts';
import type { ArrivedBatch } from './receive-batch.ts';

export type VerifyEvent = (bytes: Buffer, signature: string, keys: readonly VerifyingKey[], at: Date) => Promise<SignatureFault | null>;
export interface VerifyOptions {
  registry: RegistryStore;
  fields: FieldsOf;
  clock: Clock;
  /** How an event's signature is checked; a benchmark measures the rest without it. */
  verify?: VerifyEvent;
}
/** An event of a page whose signature verified and that belongs there, or why it is not taken. */
export type VerifiedEvent = { event: JudgedEvent } | { fault: EventFault };
export interface EventFault {
  code: 'SIGNATURE_INVALID' | 'SOURCE_MISMATCH';
  reason: string;
}
export interface JudgedBatch {
  events: JudgedEvent[];
  /** Why the event after those is not taken. */
  fault: EventFault | null;
}

/** The events of a page up to the first that is not to be taken. */
export async function verifyBatch(options: VerifyOptions, batch: ArrivedBatch): Promise<JudgedBatch> {
  const verified = await verifyEvents(options, batch);
  const events: JudgedEvent[] = [];
  for (const result of verified) {
    if ('fault' in result) return { events, fault: result.fault };
    events.push(result.event);
  }
  return { events, fault: null };
}

export function verifyEvents(options: VerifyOptions, batch: ArrivedBatch): Promise<VerifiedEvent[]> {
  const { epoch, from, events } = batch;
  const placed = events.map(({ bytes, signature }, index) => ({ epoch, seq: from + 1 + index, bytes, signature }));
  return verifyPlaced(options, batch, placed);
}

/** Checks each signature over the bytes as received, with the origin's keys of the registry, and reads what verifies. */
export async function verifyPlaced(options: VerifyOptions, feed: Feed, placed: readonly PlacedEvent[]): Promise<VerifiedEvent[]> {
  const verified = await verifyAll(options, feed, placed);
  if (!verified.some((v) => 'fault' in v && v.fault.reason === UNKNOWN_KEY)) return verified;
  await options.registry.refresh(); // a key that another process learnt meanwhile
  return verifyAll(options, feed, placed);
}

const UNKNOWN_KEY = 'signature unknown key';

function verifyAll(
  { registry, fields, clock, verify = signatureFault }: VerifyOptions,
  { origin, view }: Feed,
  placed: readonly PlacedEvent[],
): Promise<VerifiedEvent[]> {
  const keys = registry.node(origin)?.keys ?? [];
  const now = clock.now();
  return Promise.all(
    placed.map(async ({ epoch, seq, bytes: text, signature }): Promise<VerifiedEvent> => {
      const bytes = Buffer.from(text, 'base64');
      const refused = await verify(bytes, signature, keys, now);
      if (refused) return { fault: { code: 'SIGNATURE_INVALID', reason: `signature ${refused}` } };
      const event = judgeEvent(bytes, signature, { origin, view, epoch, seq }, fields);
      return event.mismatch ? { fault: { code: 'SOURCE_MISMATCH', reason: event.mismatch } } : { event };
    }),
  );
}
