import { SpanKind, type Span } from '@opentelemetry/api';
import type { Logger, Meter, Tracer } from '@xiangjing/platform';
import type pg from 'pg';
import type { Clock } from './clock.ts';
import type { FeedPosition } from './core/feed.ts';
import { receive } from './core/receive.ts';
import { readCursor, saveCursor, type PeerCursor } from './peer-cursor.ts';
import type { FieldsOf } from './fields-of.ts';
import { judgeEvent, type EventOrigin, type JudgedEvent } from './judge-event.ts';
import { FEED_REMEDIES, writeRefusal, type FeedFaultCode } from './refusals.ts';
import type { RegistryStore } from './registry-store.ts';
import { signatureFault, type SignatureFault, type VerifyingKey } from './signature.ts';
import { relayEvents, storeEvents, type Outcome } from './store-events.ts';
import { failSpan, startSpan } from './trace.ts';
import { transact } from './transact.ts';
import { isRelayed } from './views.ts';
import type { WireEvent } from './wire.ts';

export interface ArrivedBatch extends Omit<EventOrigin, never> {
  /** The sequence number after which the events begin, and the digest at it. */
  from: number;
  prev: string;
  /** At most 500: one batch is one transaction. */
  events: readonly WireEvent[];
  /** The origin's head, as far as the carrier knows it. */
  headSeq: number;
  heardAt: Date;
  /** Who handed it over. */
  peer: string;
}
export interface FeedFaultAnswer {
  code: FeedFaultCode;
  message: string;
  remedy: string;
}
export interface ApplyOutcome {
  cursor: FeedPosition;
  applied: number;
  /** Set when the feed stands still: what is wrong with what follows the cursor. */
  fault: FeedFaultAnswer | null;
}
export interface Applier {
  apply(batch: ArrivedBatch): Promise<ApplyOutcome>;
}
export type VerifyEvent = (bytes: Buffer, signature: string, keys: readonly VerifyingKey[], at: Date) => Promise<SignatureFault | null>;
export interface ApplierOptions {
  /** The apply login, from `createPool`. */
  pool: pg.Pool;
  adcode: string;
  registry: RegistryStore;
  fields: FieldsOf;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  /** How an event's signature is checked; a benchmark measures the rest without it. */
  verify?: VerifyEvent;
}

type Verified = { event: JudgedEvent } | { refused: string };
interface Judged {
  events: JudgedEvent[];
  /** Why the event after those is not taken. */
  fault: { code: 'SIGNATURE_INVALID' | 'SOURCE_MISMATCH'; reason: string } | null;
}

/**
 * Takes what arrives for one feed of another node.
 *
 * 1. Verify each signature over the bytes as received, with the origin's keys of the registry; read the event and compare where
 *    it says it belongs with where it came from.
 * 2. In one transaction: lock the cursor, let `receive` decide what follows it, store that, move the cursor.
 * 3. A fault of the feed (signature, place, number, chain) stops this feed before the event, and no other; content that is of no
 *    use goes to quarantine and the cursor moves on.
 */
export function createApplier(options: ApplierOptions): Applier {
  const { pool, adcode, registry, fields, clock, log, meter, tracer, verify = signatureFault } = options;
  const counter = meter.createCounter('xiangjing_inbox_events', { description: 'events received, by outcome' });

  async function judge(batch: ArrivedBatch): Promise<Judged> {
    let verified = await verifyAll(batch);
    if (verified.some((v) => 'refused' in v && v.refused === 'unknown key')) {
      await registry.refresh(); // a key that another process learnt meanwhile
      verified = await verifyAll(batch);
    }
    const events: JudgedEvent[] = [];
    for (const result of verified) {
      if ('refused' in result) return { events, fault: { code: 'SIGNATURE_INVALID', reason: `signature ${result.refused}` } };
      if (result.event.mismatch) return { events, fault: { code: 'SOURCE_MISMATCH', reason: result.event.mismatch } };
      events.push(result.event);
    }
    return { events, fault: null };
  }

  function verifyAll(batch: ArrivedBatch): Promise<Verified[]> {
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

  async function take(
    client: pg.PoolClient,
    batch: ArrivedBatch,
    judged: Judged,
    isCareful: boolean,
  ): Promise<ApplyOutcome & { alarm: boolean }> {
    const { origin, view } = batch;
    const context = { origin, view, fields, now: clock.now() };
    const before = await readCursor(client, batch);
    const received = receiveBatch(before, batch, judged);
    const taken = judged.events.filter((_, index) => received.decisions[index] === 'apply');
    let outcomes = new Map<number, Outcome>();
    if (taken.length > 0)
      outcomes = isRelayed(adcode, view)
        ? await relayEvents(client, context, taken)
        : await (isCareful ? storeOneByOne(client, context, taken) : storeEvents(client, context, taken));
    const alarm = await saveCursor(client, batch, { before, cursor: received.cursor, fault: received.fault, now: context.now });
    if (alarm && received.fault) await writeRefusal(client, { ...received.fault, peer: batch.peer, origin, view });
    report(batch, taken, outcomes);
    return { cursor: received.cursor, applied: taken.length, fault: received.fault, alarm };
  }

  function report({ origin, view }: ArrivedBatch, events: readonly JudgedEvent[], outcomes: ReadonlyMap<number, Outcome>): void {
    for (const { seq, content } of events) {
      const outcome = outcomes.get(seq)!;
      counter.add(1, { origin, view, outcome });
      if (outcome !== 'quarantined') continue;
      const code = content.is === 'poison' ? content.code : 'EVENT_MALFORMED';
      log.error({ alarm: true, origin, view, seq, code }, 'an event went to quarantine; the feed goes on');
    }
  }

  return {
    async apply(batch) {
      const judged = await judge(batch);
      const { origin, view } = batch;
      const spans = judged.events.map((event) => applySpan(tracer, event, batch));
      try {
        const result = await transact(pool, (client) => take(client, batch, judged, false)).catch((error: unknown) => {
          if (!isContentError(error)) throw error;
          return transact(pool, (client) => take(client, batch, judged, true));
        });
        const { alarm, ...outcome } = result;
        if (alarm) log.error({ alarm: true, origin, view, ...outcome.fault }, 'a feed was stopped');
        return outcome;
      } catch (error) {
        for (const span of spans) failSpan(span, 'INTERNAL');
        throw error;
      } finally {
        for (const span of spans) span.end();
      }
    },
  };
}

interface ReceivedBatch {
  decisions: ('apply' | 'drop')[];
  cursor: FeedPosition;
  fault: FeedFaultAnswer | null;
}

function receiveBatch(before: PeerCursor, batch: ArrivedBatch, judged: Judged): ReceivedBatch {
  const { cursor, halted } = before;
  const stop = (code: FeedFaultCode, reason: string) => ({
    code,
    message: `${batch.origin}/${batch.view}: ${reason}`,
    remedy: FEED_REMEDIES[code],
  });
  if (halted === 'EQUIVOCATION') return { decisions: [], cursor, fault: stop(halted, 'stopped until its operators have settled it') };
  if (batch.epoch !== cursor.epoch || batch.from > cursor.seq)
    return { decisions: [], cursor, fault: stop('SEQUENCE_GAP', `the cursor stands at ${cursor.epoch}/${cursor.seq}`) };
  if (batch.from === cursor.seq && batch.prev !== cursor.digest)
    return { decisions: [], cursor, fault: stop('EQUIVOCATION', `another event under number ${cursor.seq} is held here`) };
  const { decisions, cursor: moved, fault } = receive(cursor, judged.events);
  if (fault) return { decisions, cursor: moved, fault: stop(fault.code, `event ${batch.from + 1 + fault.index}`) };
  if (judged.fault)
    return {
      decisions,
      cursor: moved,
      fault: stop(judged.fault.code, `event ${batch.from + 1 + judged.events.length}: ${judged.fault.reason}`),
    };
  return { decisions, cursor: moved, fault: null };
}

/** After the database refused the content of a batch: each event on its own, and the one refused goes to quarantine. */
async function storeOneByOne(
  client: pg.PoolClient,
  context: Parameters<typeof storeEvents>[1],
  events: readonly JudgedEvent[],
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  for (const event of events) {
    await client.query('savepoint event');
    const stored = await storeEvents(client, context, [event]).catch(async (error: unknown) => {
      if (!isContentError(error)) throw error;
      await client.query('rollback to savepoint event');
      const reason = `the database refuses the content (${error.code})`;
      return storeEvents(client, context, [{ ...event, content: { is: 'poison', code: 'EVENT_MALFORMED', reason } }]);
    });
    outcomes.set(event.seq, stored.get(event.seq)!);
  }
  return outcomes;
}

/** PostgreSQL's classes for values it cannot hold and constraints they break. */
const isContentError = (error: unknown): error is { code: string } => /^2[23]/.test(String((error as { code?: unknown } | null)?.code));

const applySpan = (tracer: Tracer, event: JudgedEvent, { origin, view }: ArrivedBatch): Span =>
  startSpan(tracer, {
    name: 'federation.apply',
    under: event.traceparent,
    kind: SpanKind.CONSUMER,
    attributes: { 'xiangjing.origin': origin, 'xiangjing.view': view, 'xiangjing.seq': event.seq },
  });
