import type { Logger, Tracer } from '@xiangjing/platform';
import { SpanKind } from '@opentelemetry/api';
import type { KafkaMessage } from 'kafkajs';
import type { Clock } from '../clock.ts';
import { cutPages } from '../core/pages.ts';
import { beginReading, meet, reachedEnd, type ReaderState } from '../core/topic-reader.ts';
import type { FeedStand, FollowedFeed, FollowSource, IncomingPage, SetAside } from '../event-log.ts';
import { pauseAfter } from '../loop.ts';
import type { VerifyingKey } from '../registry/signature.ts';
import { startSpan } from '../watching/trace.ts';
import type { WireEvent } from '../wire.ts';
import { pause } from './deadline.ts';
import { readHeartbeat } from './heartbeat.ts';
import { readRecord, type TopicRecord } from './records.ts';

type EventRecord = Extract<TopicRecord, { is: 'event' }> & { at: number };
type HeartbeatRecord = Extract<TopicRecord, { is: 'heartbeat' }>;
interface Sorted {
  events: EventRecord[];
  heartbeat: HeartbeatRecord | undefined;
}

export interface TopicReaderOptions {
  origin: string;
  view: string;
  source: FollowSource;
  keys(): readonly VerifyingKey[];
  clock: Clock;
  log: Logger;
  tracer: Tracer;
  random: () => number;
  signal: AbortSignal;
  onRead(events: number): void;
  onSetAside(code: string): void;
}
export interface TopicReader {
  readonly origin: string;
  readonly view: string;
  /** A new reading begins where the source stands; one that is still taking a batch goes on instead. */
  begin(feed: FollowedFeed): void;
  /** Where the next fetch goes on. */
  nextOffset(): number;
  isBusy(): boolean;
  /** When it last came on, or began to try. */
  movedAt(): number;
  /** Takes a batch to its end, however often that is tried; false: the reading goes back to the topic's start. */
  read(messages: readonly KafkaMessage[], endOffset: number): Promise<boolean>;
}

const TAKE_AGAIN = { first: 500, longest: 5_000 };
/** Of events that are held, how many of each feed are remembered to tell a repeat from another event under its number. */
const REMEMBERED = 250;
/** Heartbeats of an idle feed add up: after so many the source is told where reading goes on. */
const MARK_EVERY = 200;

/**
 * Reads one feed from its topic, batch by batch.
 *
 * 1. Sort the records: events, the last heartbeat, and what is not of this feed, which is told and left out.
 * 2. Another incarnation than that of the mark: offsets mean nothing, the reading goes back to the start, once.
 * 3. Repeats are dropped by number and signature; the rest is cut into pages of consecutive events and handed over one by one.
 *    A page that the source does not take comes again after a pause.
 */
export function createTopicReader(options: TopicReaderOptions): TopicReader {
  const { origin, view, source, keys, clock, log, tracer, random, signal, onRead, onSetAside } = options;
  const feed = { origin, view };
  let state: ReaderState = { incarnation: null, fromStart: true };
  let next = 0;
  let cursor: FeedStand = { epoch: 1, seq: 0 };
  let wantsEvents = true;
  let moved = performance.now();
  let remembered = new Map<number, string>();
  let markedAt = -1;
  let isBusy = false;

  async function again(work: () => Promise<void>): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await work();
        moved = performance.now();
        return;
      } catch (error) {
        failures += 1;
        log.warn({ err: error, origin, view, failures }, 'a page from Kafka was not taken and comes again');
        await pause(pauseAfter(failures, { ...TAKE_AGAIN, random }), signal);
      }
    }
  }

  const setAside = (record: Omit<SetAside, 'origin' | 'view'>) => {
    onSetAside(record.code);
    return again(() => source.setAside({ ...feed, ...record }));
  };

  /** Not held yet, or another event under a number that is. Of another epoch, the source says what becomes of it. */
  function isNews({ epoch, seq, event }: Extract<TopicRecord, { is: 'event' }>): boolean {
    if (epoch !== cursor.epoch) return epoch > cursor.epoch;
    const known = remembered.get(seq);
    return known === undefined ? seq > cursor.seq : known !== event.signature;
  }

  /** Nothing is held because a record says so: headers are not signed. What was parked or left out may come again. */
  function remember(records: readonly EventRecord[]): void {
    for (const { epoch, seq, event } of records) if (epoch === cursor.epoch && seq <= cursor.seq) remembered.set(seq, event.signature);
    if (remembered.size > 2 * REMEMBERED) remembered = new Map([...remembered].slice(-REMEMBERED));
  }

  function hand(events: readonly WireEvent[], at: { epoch: number; from: number; offset: number; heardAt: Date }): Promise<void> {
    const { epoch, from, offset, heardAt } = at;
    const mark = { incarnation: state.incarnation!, nextOffset: offset + 1 };
    markedAt = offset;
    const page: IncomingPage = {
      ...feed,
      road: 'kafka',
      epoch,
      from,
      prev: null,
      events,
      headSeq: null,
      heardAt: notAfterNow(heardAt),
      peer: origin,
      mark,
    };
    return again(async () => {
      const stand = await source.take(page);
      if (!stand) return;
      if (stand.epoch !== cursor.epoch) remembered = new Map();
      cursor = stand;
    });
  }
  const notAfterNow = (at: Date) => new Date(Math.min(at.getTime(), clock.now().getTime()));

  async function handPage(records: readonly EventRecord[]): Promise<void> {
    const [first, last] = [records[0]!, records.at(-1)!];
    const span = startSpan(tracer, {
      name: 'federation.log.read',
      under: first.traceparent,
      kind: SpanKind.CONSUMER,
      attributes: { 'xiangjing.origin': origin, 'xiangjing.view': view, 'messaging.batch.message_count': records.length },
    });
    const heardAt = new Date(last.at);
    await hand(
      records.map(({ event }) => event),
      { epoch: first.epoch, from: first.seq - 1, offset: last.offset, heardAt },
    );
    span.end();
    onRead(records.length);
    remember(records);
  }

  async function handHeartbeat({ offset, value, signature }: HeartbeatRecord): Promise<void> {
    const read = await readHeartbeat(feed, { bytes: value, signature, keys: keys(), now: clock.now() });
    if ('code' in read) return setAside({ offset, code: read.code, reason: read.reason });
    const { data, at } = read;
    const { release, wireGeneration } = data;
    await again(() => source.heard([{ ...feed, headSeq: data.seq, heardAt: notAfterNow(at), node: { release, wireGeneration } }]));
  }

  /** True: on to the next batch; false: back to the topic's start. */
  async function readBatch(messages: readonly KafkaMessage[], endOffset: number): Promise<boolean> {
    moved = performance.now();
    let sorted: Sorted = { events: [], heartbeat: undefined };
    for (const message of messages) {
      const record = readRecord(feed, message);
      if (record.is === 'foreign') {
        await setAside(record);
        continue;
      }
      const met = meet(state, record);
      if (met.do === 'rewind') {
        [state, next] = [met.state, 0];
        return false;
      }
      if (met.state.incarnation !== state.incarnation) {
        await handAll(sorted);
        sorted = { events: [], heartbeat: undefined };
      }
      state = met.state;
      if (record.is === 'heartbeat') sorted.heartbeat = record;
      else if (wantsEvents && isNews(record)) sorted.events.push({ ...record, at: Number(message.timestamp) });
    }
    await handAll(sorted);
    if (signal.aborted) return true;
    const last = Number(messages.at(-1)!.offset);
    if (last - markedAt >= MARK_EVERY && state.incarnation)
      await hand([], { epoch: cursor.epoch, from: cursor.seq, offset: last, heardAt: new Date(Number(messages.at(-1)!.timestamp)) });
    next = last + 1;
    if (next >= endOffset) state = reachedEnd(state);
    return true;
  }

  async function handAll({ events, heartbeat }: Sorted): Promise<void> {
    for (const page of cutPages(events)) await handPage(page);
    if (heartbeat) await handHeartbeat(heartbeat);
  }

  return {
    ...feed,
    begin(followed) {
      if (isBusy) return;
      const reading = beginReading(followed.mark, { endOffset: Number.POSITIVE_INFINITY }); // past the end, the brokers say so
      [state, next, markedAt] = [reading.state, reading.offset, reading.offset - 1];
      [cursor, wantsEvents] = [followed.cursor, followed.events];
      remembered = new Map();
    },
    nextOffset: () => next,
    isBusy: () => isBusy,
    movedAt: () => moved,
    async read(messages, endOffset) {
      isBusy = true;
      try {
        return await readBatch(messages, endOffset);
      } finally {
        isBusy = false;
      }
    },
  };
}
