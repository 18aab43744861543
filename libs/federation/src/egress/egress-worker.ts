import { openListener, type Listener } from '@xiangjing/db';
import type { Logger, Meter, Tracer } from '@xiangjing/platform';
import type { View } from '@xiangjing/scenario-sdk';
import { SpanKind, type Span } from '@opentelemetry/api';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import type { FieldsOf } from '../fields-of.ts';
import { forBatch } from '../for-batch.ts';
import { createLoop } from '../loop.ts';
import type { Signer } from '../registry/keys.ts';
import { createSerial } from '../serial.ts';
import { transact } from '../transact.ts';
import { ownViews } from '../views.ts';
import { startSpan, traceparentOf } from '../watching/trace.ts';
import { loadBatch, saveBatch, type EgressBatch, type Intent } from './egress-batch.ts';
import { projectForView, workIntent, type EventMakers, type Project } from './egress-event.ts';
import { guardEvent, type Guard } from './guard.ts';

export interface EgressOptions {
  /** The egress login, from `createPool`. */
  pool: pg.Pool;
  adcode: string;
  signer: Signer;
  fields: FieldsOf;
  descriptorDigest(domain: string): string | null;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  project?: Project;
  guard?: Guard;
  /** Names a protected text found in what would leave, else null. */
  scan?(text: string): string | null;
}
export interface EgressWorker {
  start(): Promise<void>;
  /** In-process signal that an intent was committed. */
  wake(): void;
  /** Works until no intent is left; how many it worked off. */
  drain(): Promise<number>;
  /** Judges blocked events anew, as at start; how many are still blocked. */
  retryBlocked(): Promise<number>;
  stop(): Promise<void>;
}

const BATCH = 200;
const POLL_MS = 1_000;

/**
 * Turns intents into feed rows, one node-wide worker at a time: the cursor's row lock is held for the whole transaction.
 *
 * 1. Take the intents after the cursor, in commit order.
 * 2. Read the records they name as they stand now; several intents of one record become one event.
 * 3. For each view: project by label, compare with what was last sent, guard, number, sign.
 * 4. Save rows, heads and cursor together, and wake who carries them on.
 *
 * Whatever stops one event (projection, guard, protected text) blocks that record in that view, raises an alarm and keeps the
 * intent; everything else goes on.
 */
export function createEgressWorker(options: EgressOptions): EgressWorker {
  const { pool, adcode, log, meter, tracer } = options;
  const views = ownViews(adcode);
  const spans: Span[] = [];
  const makers: EventMakers = {
    ...options,
    project: options.project ?? projectForView,
    guard: options.guard ?? guardEvent,
    scan: options.scan ?? (() => null),
    traced(intent, view) {
      const attributes = { 'xiangjing.view': view, 'xiangjing.intent': intent.event };
      const span = startSpan(tracer, { name: 'federation.egress', under: intent.traceparent, kind: SpanKind.PRODUCER, attributes });
      spans.push(span);
      return traceparentOf(span, intent.traceparent);
    },
  };
  const emitted = meter.createCounter('xiangjing_feed_events', { description: 'events written to own feeds' });
  const blocked = meter.createCounter('xiangjing_egress_blocked', { description: 'events stopped before they left' });

  const workOff = () =>
    transact(pool, async (client) => {
      const { rows } = await client.query<{ seq: number }>('select seq from egress_cursor for update');
      const intents = await readIntents(client, rows[0]!.seq);
      if (intents.length === 0) return { count: 0 };
      const statements = forBatch(client, intents.length);
      const batch = await loadBatch(statements, adcode, intents);
      for (const intent of intents) for (const view of views) workIntent(makers, batch, intent, view);
      await saveBatch(statements, batch);
      await statements.query('update egress_cursor set seq = $1', [intents.at(-1)!.seq]);
      return { count: intents.length, batch };
    });

  async function retryBlocked(): Promise<number> {
    const batch = await settled(
      transact(pool, async (client) => {
        await client.query('select seq from egress_cursor for update');
        const waiting = await readBlocked(client);
        const made = await loadBatch(client, adcode, waiting);
        made.cleared.push(...waiting.map(({ view, blockedId }) => ({ view, recordId: blockedId })));
        made.blocked.clear();
        for (const intent of waiting) workIntent(makers, made, intent, intent.view);
        await saveBatch(client, made);
        return made;
      }),
    );
    report(batch);
    return batch.blocks.length;
  }

  async function step(): Promise<number> {
    const { count, batch } = await settled(workOff());
    if (batch) report(batch);
    return count;
  }

  /** Spans end with the transaction that their events belong to. */
  const settled = <T>(work: Promise<T>): Promise<T> => work.finally(() => spans.splice(0).forEach((span) => span.end()));

  function report(batch: EgressBatch): void {
    for (const { view, type } of batch.rows) emitted.add(1, { view, type });
    for (const { view, recordId, code, reason } of batch.blocks) {
      blocked.add(1, { view, code });
      log.error({ alarm: true, view, recordId, code, reason }, 'an event was stopped before it left; its intent is kept');
    }
  }

  const loop = createLoop({
    step: async () => (await serially(step)) === BATCH, // fewer: a commit since then has woken the loop
    idleMs: POLL_MS,
    onError: (error) => log.error({ err: error }, 'egress stands still and is tried again'),
  });
  const serially = createSerial();
  let listener: Listener | undefined;

  return {
    async start() {
      await serially(retryBlocked);
      listener = await openListener(pool.options.connectionString!, { xiangjing_intent: loop.wake }, (error) =>
        log.warn({ err: error }, 'the wake-up connection of egress was lost'),
      );
      loop.start();
    },
    wake: loop.wake,
    async drain() {
      let total = 0;
      for (let count = await serially(step); count > 0; count = await serially(step)) total += count;
      return total;
    },
    retryBlocked: () => serially(retryBlocked),
    async stop() {
      await listener?.close();
      await loop.stop();
    },
  };
}

async function readIntents(client: pg.PoolClient, after: number): Promise<Intent[]> {
  const { rows } = await client.query<Intent>(
    'select id, seq, record_id, rev, event, body, traceparent from intent where seq > $1 order by seq limit $2',
    [after, BATCH],
  );
  return rows;
}

async function readBlocked(client: pg.PoolClient): Promise<(Intent & { view: View; blockedId: string })[]> {
  const { rows } = await client.query<Intent & { view: View; blockedId: string }>(
    `select i.id, i.seq, i.record_id, i.rev, i.event, i.body, i.traceparent, b.view, b.record_id as "blockedId"
     from egress_block b join intent i on i.id = b.intent_id order by i.seq`,
  );
  return rows;
}
