import { SpanKind, type Span } from '@opentelemetry/api';
import type { Queryable } from '@xiangjing/db';
import type { Logger, Meter, Tracer } from '@xiangjing/platform';
import type pg from 'pg';
import { forBatch } from '../for-batch.ts';
import { transact } from '../transact.ts';
import { isRelayed } from '../views.ts';
import { writeRefusal } from '../watching/refusals.ts';
import { failSpan, startSpan } from '../watching/trace.ts';
import type { JudgedEvent } from './judge-event.ts';
import { readCursor, saveCursor } from './peer-cursor.ts';
import { receiveBatch, type ApplyOutcome, type ArrivedBatch } from './receive-batch.ts';
import { relayEvents, storeEvents, type Outcome, type StoreContext } from './store-events.ts';
import { verifyBatch, verifyEvents, type JudgedBatch, type VerifiedEvent, type VerifyOptions } from './verify-batch.ts';

export interface Applier {
  apply(batch: ArrivedBatch): Promise<ApplyOutcome>;
  /** The first half of `apply`, for a log whose bad records are left out: each event, or what is wrong with it. */
  verify(batch: ArrivedBatch): Promise<VerifiedEvent[]>;
  /** The second half: `events` are those of the batch, verified. */
  take(batch: ArrivedBatch, events: readonly JudgedEvent[]): Promise<ApplyOutcome>;
}
export interface ApplierOptions extends VerifyOptions {
  /** The apply login, from `createPool`. */
  pool: pg.Pool;
  adcode: string;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
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
  const { pool, adcode, fields, clock, log, meter, tracer } = options;
  const counter = meter.createCounter('xiangjing_inbox_events', { description: 'events received, by outcome' });

  async function store(
    client: Queryable,
    batch: ArrivedBatch,
    judged: JudgedBatch,
    isCareful: boolean,
  ): Promise<ApplyOutcome & { alarm: boolean }> {
    const { origin, view, road } = batch;
    const context = { origin, view, road, fields, now: clock.now() };
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

  function report({ origin, view, road }: ArrivedBatch, events: readonly JudgedEvent[], outcomes: ReadonlyMap<number, Outcome>): void {
    for (const { seq, content } of events) {
      const outcome = outcomes.get(seq)!;
      counter.add(1, { origin, view, road, outcome });
      if (outcome !== 'quarantined') continue;
      const code = content.is === 'poison' ? content.code : 'EVENT_MALFORMED';
      log.error({ alarm: true, origin, view, seq, code }, 'an event went to quarantine; the feed goes on');
    }
  }

  async function takeJudged(batch: ArrivedBatch, judged: JudgedBatch): Promise<ApplyOutcome> {
    const { origin, view } = batch;
    const spans = judged.events.map((event) => applySpan(tracer, event, batch));
    try {
      const result = await transact(pool, (client) => store(forBatch(client, judged.events.length), batch, judged, false)).catch(
        (error: unknown) => {
          if (!isContentError(error)) throw error;
          return transact(pool, (client) => store(client, batch, judged, true));
        },
      );
      const { alarm, ...outcome } = result;
      if (alarm) log.error({ alarm: true, origin, view, ...outcome.fault }, 'a feed was stopped');
      return outcome;
    } catch (error) {
      for (const span of spans) failSpan(span, 'INTERNAL');
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  }

  return {
    apply: async (batch) => takeJudged(batch, await verifyBatch(options, batch)),
    verify: (batch) => verifyEvents(options, batch),
    take: (batch, events) => takeJudged(batch, { events: [...events], fault: null }),
  };
}

/** After the database refused the content of a batch: each event on its own, and the one refused goes to quarantine. */
async function storeOneByOne(client: Queryable, context: StoreContext, events: readonly JudgedEvent[]): Promise<Map<number, Outcome>> {
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
