import { SpanKind } from '@opentelemetry/api';
import type { Queryable } from '@xiangjing/db';
import type { Meter, Tracer } from '@xiangjing/platform';
import { DomainError, type View } from '@xiangjing/scenario-sdk';
import { genesis, type FeedPosition } from '../core/feed.ts';
import type { AppendAnswer, EventLog, OutgoingPage } from '../event-log.ts';
import { readPage, wireEventOf, type PageRow } from '../https/read-page.ts';
import { startSpan, traceparentOf } from '../watching/trace.ts';

export interface FeedWriterOptions {
  /** The publisher login. */
  pool: Queryable;
  adcode: string;
  view: View;
  /** Where it writes to. */
  road: EventLog;
  /** How often it says that the node is there while there is nothing to carry. */
  heartbeatMs: number;
  meter: Meter;
  tracer: Tracer;
  /** Where the road stood when it was last written to, if this node keeps that; else the road is asked. */
  readPosition?(): Promise<FeedPosition>;
  /** Whether events go by this road now; heartbeats always do. */
  carries?(): boolean;
  onAnswer?(answer: AppendAnswer, events: number): Promise<void>;
  onError?(error: unknown, at: FeedPosition): Promise<void>;
}
export interface FeedWriter {
  view: View;
  /** Appends the next page, or says that the node is there where that is due; how many events it carried. */
  write(signal?: AbortSignal): Promise<number>;
  /** The road has all there was when it was last asked. */
  isLevel(): boolean;
  /** How far the feed itself, and how far the road holds it; 0 until known. */
  sight(): { head: number; held: number };
  /** The next `write` asks the road where it stands, whatever there is to carry. */
  askAnew(): void;
  /** Another process of this node may have written since: nothing remembered holds. */
  beginAnew(): void;
}

/**
 * Carries one own feed over one road, page by page. The road answers how far it holds the feed, and the writer goes on from there,
 * forwards or back; it is believed only where its digest is that of our own row, so that a restored database is noticed and not
 * written over.
 */
export function createFeedWriter(options: FeedWriterOptions): FeedWriter {
  const { pool, adcode, view, road, heartbeatMs, tracer } = options;
  const written = options.meter.createCounter('xiangjing_feed_pushed_events', { description: 'events acknowledged, by road' });
  let cursor: FeedPosition | undefined;
  let head = genesis(adcode, view);
  let answeredAtMs = Number.NEGATIVE_INFINITY;

  /** An answer without events may show that the road is behind: what it lacks follows at once. */
  async function append(signal?: AbortSignal, isFollowUp = false): Promise<number> {
    const isDue = performance.now() - answeredAtMs >= heartbeatMs * 0.75;
    const carries = options.carries?.() ?? true;
    if (!isDue && !carries) return 0;
    cursor ??= await options.readPosition?.();
    const known = cursor; // until the road has said where it stands, nothing but the question goes
    const [rows, newest] = await Promise.all([
      known && carries ? readPage(pool, adcode, { ...known, origin: adcode, view }) : [],
      readHead(pool, adcode, view),
    ]);
    head = newest;
    if (rows.length === 0 && !isDue) return 0;
    const { epoch, seq: from, digest: prev } = known ?? head;
    const answer = await send({ origin: adcode, view, epoch, from, prev, head, events: rows.map(wireEventOf) }, rows[0], signal);
    cursor =
      rows.at(-1)?.digest === answer.cursor.digest
        ? answer.cursor
        : await checkPosition(pool, adcode, { view, road: road.road }, answer.cursor);
    answeredAtMs = performance.now();
    await options.onAnswer?.(answer, rows.length);
    written.add(rows.length, { view, road: road.road });
    const wasQuestion = rows.length === 0 && carries && cursor.seq < head.seq;
    return wasQuestion && !isFollowUp ? append(signal, true) : rows.length;
  }

  async function send(page: OutgoingPage, first: PageRow | undefined, signal?: AbortSignal): Promise<AppendAnswer> {
    const under = traceparentIn(first);
    const span = startSpan(tracer, { name: 'federation.push', under, kind: SpanKind.CLIENT, attributes: { 'xiangjing.road': road.road } });
    try {
      return await road.append({ ...page, traceparent: traceparentOf(span, under) }, signal);
    } finally {
      span.end();
    }
  }

  return {
    view,
    async write(signal) {
      try {
        return await append(signal);
      } catch (error) {
        if (!signal?.aborted) await options.onError?.(error, cursor ?? genesis(adcode, view));
        throw error;
      }
    },
    isLevel: () => (cursor?.seq ?? 0) >= head.seq,
    sight: () => ({ head: head.seq, held: cursor?.seq ?? 0 }),
    askAnew() {
      answeredAtMs = Number.NEGATIVE_INFINITY;
    },
    beginAnew() {
      [cursor, answeredAtMs] = [undefined, Number.NEGATIVE_INFINITY];
      road.forget(view);
    },
  };
}

async function readHead(pool: Queryable, adcode: string, view: View): Promise<FeedPosition> {
  const { rows } = await pool.query<FeedPosition>('select epoch, seq, digest from feed_head where view = $1', [view]);
  return rows[0] ?? genesis(adcode, view);
}

async function checkPosition(
  pool: Queryable,
  adcode: string,
  { view, road }: { view: View; road: string },
  told: FeedPosition,
): Promise<FeedPosition> {
  const own = await digestAt(pool, adcode, view, told);
  if (own === told.digest) return told;
  const holder = road === 'https' ? 'the province' : 'the topic';
  throw new DomainError('EQUIVOCATION', `${holder} holds event ${told.seq} of ${view}, which is not the one of this database`, {
    remedy: 'this database is older than what it sent, or a second node uses its key: stop it and restore the newest copy',
  });
}

/** The digest of an own event, if this database has it. */
export async function digestAt(
  pool: Queryable,
  adcode: string,
  view: View,
  { epoch, seq }: Pick<FeedPosition, 'epoch' | 'seq'>,
): Promise<string | undefined> {
  if (seq === 0) return genesis(adcode, view, epoch).digest;
  const { rows } = await pool.query<{ digest: string }>('select digest from feed where view = $1 and epoch = $2 and seq = $3', [
    view,
    epoch,
    seq,
  ]);
  return rows[0]?.digest;
}

const traceparentIn = (row: PageRow | undefined): string | undefined =>
  row && (JSON.parse(row.bytes.toString('utf8')) as { traceparent?: string }).traceparent;
