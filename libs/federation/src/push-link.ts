import { openListener, type Listener, type Queryable } from '@xiangjing/db';
import type { Logger, Meter, Tracer } from '@xiangjing/platform';
import { DomainError, type View } from '@xiangjing/scenario-sdk';
import { SpanKind } from '@opentelemetry/api';
import type pg from 'pg';
import type { Clock } from './clock.ts';
import { genesis, type FeedPosition } from './core/feed.ts';
import type { Signer } from './keys.ts';
import { createLoop, type Loop } from './loop.ts';
import { createProvinceClient, refusalOf, type ProvinceAnswer } from './province-client.ts';
import { readPage, wireEventOf, type PageRow } from './read-page.ts';
import type { RegistryStore } from './registry-store.ts';
import { createSerial, type Serially } from './serial.ts';
import { startSpan, traceparentOf } from './trace.ts';
import { PUSHED_VIEWS } from './views.ts';
import { PREFIX, PushAnswer, PushConflict, type PushRequest } from './wire.ts';

export interface LinkOptions {
  pool: pg.Pool;
  adcode: string;
  signer: Signer;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  fetch?: typeof fetch;
  random?: () => number;
}
export interface Link {
  start(): Promise<void>;
  /** Exchanges until nothing is left to carry; how many events went over. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

const HEARTBEAT_MS = 10_000;
const TIMEOUT_MS = 15_000;

/**
 * A city's push of `up` and `peer` to the province: the city dials out, the province answers with its cursor. Woken by each new
 * feed row; with nothing to carry it says every ten seconds that the node is there. The province's cursor is believed only where
 * its digest is that of our own row, so that a restored database is noticed and not pushed over.
 */
export function createPushLink(options: LinkOptions & { heartbeatMs?: number }): Link {
  const { pool, registry, log, random = Math.random, heartbeatMs = HEARTBEAT_MS } = options;
  const oneAtATime = createSerial(); // `up` goes first, so that the province sees a change before it passes it on
  const pushers = PUSHED_VIEWS.map((view) => createPusher(options, view, heartbeatMs, oneAtATime));
  const loops = pushers.map((pusher): Loop =>
    createLoop({
      step: pusher.step,
      idleMs: heartbeatMs / 2,
      random,
      onError: (error) => log.warn({ err: error, view: pusher.view }, 'pushing failed and is tried again'),
    }),
  );
  let listener: Listener | undefined;
  return {
    async start() {
      const wake = () => loops.forEach((loop) => loop.wake());
      listener = await openListener(pool.options.connectionString!, { xiangjing_feed: wake }, (error) =>
        log.warn({ err: error }, 'the wake-up connection of the push was lost'),
      );
      for (const loop of loops) loop.start();
    },
    async drain() {
      await registry.refresh();
      let total = 0;
      for (const pusher of pushers) total += await pusher.drain();
      return total;
    },
    async stop() {
      await listener?.close();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function createPusher(options: LinkOptions, view: View, heartbeatMs: number, serially: Serially) {
  const { pool, adcode, registry, meter, tracer } = options;
  const client = createProvinceClient(options);
  const pushed = meter.createCounter('xiangjing_feed_pushed_events', { description: 'events acknowledged by the province' });
  let cursor: FeedPosition | undefined;
  let ackedAtMs = Number.NEGATIVE_INFINITY;
  /** The province had our head when last asked; a row written since then has woken the loop. */
  let isLevel = false;

  /** One request; how many events it carried. */
  async function push(signal?: AbortSignal): Promise<number> {
    cursor ??= await readPushCursor(pool, adcode, view);
    const { head, rows } = await readUnsent(pool, adcode, view, cursor);
    const isDue = performance.now() - ackedAtMs >= heartbeatMs * 0.75;
    if (rows.length === 0 && !isDue) return 0;
    const body: PushRequest = {
      origin: adcode,
      view,
      epoch: cursor.epoch,
      from: cursor.seq,
      prev: cursor.digest,
      events: rows.map(wireEventOf),
      head,
    };
    const span = startSpan(tracer, { name: 'federation.push', under: traceparentIn(rows[0]), kind: SpanKind.CLIENT });
    try {
      const traceparent = traceparentOf(span);
      const request = { method: 'POST' as const, path: `${PREFIX}/feed`, body: JSON.stringify(body), timeoutMs: TIMEOUT_MS, traceparent };
      const told = positionIn(await client.ask({ ...request, ...(signal ? { signal } : {}) }));
      cursor = rows.at(-1)?.digest === told.digest ? told : await checkCursor(pool, adcode, view, told);
    } finally {
      span.end();
    }
    isLevel = cursor.seq >= head.seq;
    ackedAtMs = performance.now();
    await writePushCursor(pool, view, cursor, client.skewMs());
    pushed.add(rows.length, { view });
    return rows.length;
  }

  const noting = async (signal?: AbortSignal) => {
    try {
      return await push(signal);
    } catch (error) {
      if (!signal?.aborted) await writePushError(pool, view, cursor ?? genesis(adcode, view), error, client.skewMs());
      throw error;
    }
  };

  return {
    view,
    async step(signal: AbortSignal): Promise<boolean> {
      if (!registry.trust()) await registry.refresh();
      if (!registry.trust()) return false;
      return (await serially(() => noting(signal))) > 0 && !isLevel;
    },
    async drain(): Promise<number> {
      let total = 0;
      ackedAtMs = Number.NEGATIVE_INFINITY; // at least one exchange, so that the province's cursor is known afterwards
      for (let count = await serially(() => noting()); count > 0; count = await serially(() => noting())) total += count;
      return total;
    },
  };
}

/** The cursor the province goes on from. A gap only tells where it stands; any other conflict stops this feed. */
function positionIn(answer: ProvinceAnswer): FeedPosition {
  if (answer.status === 200) return PushAnswer.parse(answer.body).cursor;
  if (answer.status !== 409) throw refusalOf(answer);
  const { code, detail, remedy, cursor } = PushConflict.parse(answer.body);
  if (code === 'SEQUENCE_GAP') return cursor;
  throw new DomainError(code as DomainError['code'], detail, { remedy });
}

async function checkCursor(pool: Queryable, adcode: string, view: View, told: FeedPosition): Promise<FeedPosition> {
  const own = await digestAt(pool, adcode, view, told);
  if (own === told.digest) return told;
  throw new DomainError('EQUIVOCATION', `the province holds event ${told.seq} of ${view}, which is not the one of this database`, {
    remedy: 'this database is older than what it sent, or a second node uses its key: stop it and restore the newest copy',
  });
}

async function digestAt(pool: Queryable, adcode: string, view: View, { epoch, seq }: FeedPosition): Promise<string | undefined> {
  if (seq === 0) return genesis(adcode, view, epoch).digest;
  const { rows } = await pool.query<{ digest: string }>('select digest from feed where view = $1 and epoch = $2 and seq = $3', [
    view,
    epoch,
    seq,
  ]);
  return rows[0]?.digest;
}

async function readPushCursor(pool: Queryable, adcode: string, view: View): Promise<FeedPosition> {
  const { rows } = await pool.query<{ epoch: number; seq: number }>('select epoch, seq from push_cursor where view = $1', [view]);
  const at = { ...genesis(adcode, view), ...rows[0] };
  const digest = await digestAt(pool, adcode, view, at);
  return digest ? { ...at, digest } : genesis(adcode, view);
}

async function readUnsent(
  pool: Queryable,
  adcode: string,
  view: View,
  cursor: FeedPosition,
): Promise<{ head: FeedPosition; rows: PageRow[] }> {
  const [rows, heads] = await Promise.all([
    readPage(pool, adcode, { ...cursor, origin: adcode, view }),
    pool.query<FeedPosition>('select epoch, seq, digest from feed_head where view = $1', [view]),
  ]);
  return { head: heads.rows[0] ?? genesis(adcode, view), rows };
}

async function writePushCursor(pool: Queryable, view: View, { epoch, seq }: FeedPosition, skewMs: number): Promise<void> {
  await pool.query(
    `insert into push_cursor (view, epoch, seq, acked_at, attempted_at, clock_skew_ms) values ($1, $2, $3, now(), now(), $4)
     on conflict (view) do update set epoch = excluded.epoch, seq = excluded.seq, acked_at = now(), attempted_at = now(),
       error_code = null, error_text = null, clock_skew_ms = excluded.clock_skew_ms`,
    [view, epoch, seq, skewMs],
  );
}

async function writePushError(pool: Queryable, view: View, { epoch, seq }: FeedPosition, error: unknown, skewMs: number): Promise<void> {
  const [code, text] = error instanceof DomainError ? [error.code, `${error.message}; ${error.remedy}`] : ['INTERNAL', 'see the log'];
  await pool.query(
    `insert into push_cursor (view, epoch, seq, attempted_at, error_code, error_text, clock_skew_ms) values ($1, $2, $3, now(), $4, $5, $6)
     on conflict (view) do update set attempted_at = now(), error_code = excluded.error_code, error_text = excluded.error_text,
       clock_skew_ms = excluded.clock_skew_ms`,
    [view, epoch, seq, code, text, skewMs],
  );
}

const traceparentIn = (row: PageRow | undefined): string | undefined =>
  row && (JSON.parse(row.bytes.toString('utf8')) as { traceparent?: string }).traceparent;
