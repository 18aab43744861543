import { randomBytes } from 'node:crypto';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { pauseAfter } from '../loop.ts';
import { createOutageLog } from '../watching/outage-log.ts';
import { RETRY } from './client.ts';
import { atMostMs, dispose, pause, withinMs } from './deadline.ts';
import { brokerFault, kindOf } from './faults.ts';
import { BACK_OFF, connected, type SupervisedOptions } from './supervised-producer.ts';
import type { TopicReader } from './topic-reader.ts';

export interface ConsumerOptions extends SupervisedOptions {
  /** Group ids begin with it; the node has a right to read with such groups. */
  groupPrefix: string;
  /** Longest wait of a fetch for something new. */
  maxWaitMs?: number;
  prepare(): Promise<Reading>;
  /** What is to be read has changed since then: build anew. */
  hasChanged(): Promise<boolean>;
  onProgress(): void;
  onFault(error: unknown): void;
}

/** The readers of the topics that are there, by topic, and how soon to ask the next time whether that has changed. */
export interface Reading {
  readers: ReadonlyMap<string, TopicReader>;
  recheckMs(): number;
}

const SESSION_MS = 30_000;
/** A longer wait saves next to nothing (bench B14), and a feed that was left out is fetched again only when the wait is over. */
const MAX_WAIT_MS = 1_000;
const HEARTBEAT_MS = 10_000;
/** Joining a new group takes a moment; a coordinator that loads is refused, and answered with a new client. */
const JOIN_MS = 20_000;
const QUIET_MS = 15_000;
const WATCH_MS = 1_000;
/** A feed that does not come on for so long is taken out of the fetches until it does, so that the others go on. */
const PATIENCE_MS = 2_000;
const FETCH_BYTES = { maxBytesPerPartition: 1024 * 1024, maxBytes: 4 * 1024 * 1024 };

/**
 * Reads topics until the signal, through kafkajs consumers that are thrown away at any fault, at 15 s without a fetch, and when
 * the topics to read have changed. Each client build has a group id of its own: a restarted broker makes a new member of an old
 * group wait until the session of the dead one has passed. Offsets are never committed; each reading begins at our cursors.
 */
export async function superviseConsumer(options: ConsumerOptions, signal: AbortSignal): Promise<void> {
  const { log, random, onRestart, onFault } = options;
  const outage = createOutageLog(log, { client: 'consumer' }, 'a Kafka consumer ended and is made anew');
  let failures = 0;
  const onProgress = () => {
    failures = 0;
    outage.over();
    options.onProgress();
  };
  while (!signal.aborted) {
    try {
      const reading = await options.prepare();
      if (reading.readers.size === 0) {
        failures = 0;
        outage.over();
        await pause(reading.recheckMs(), signal);
      } else await consume({ ...options, onProgress }, reading, signal);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      onRestart(kindOf(error));
      const told = brokerFault(error);
      onFault(told);
      outage.note(told);
      await pause(pauseAfter(failures, { ...BACK_OFF, random }), signal);
    }
  }
}

/** One client build, until it fails (throws), the topics change or the signal comes (returns). */
async function consume(options: ConsumerOptions, reading: Reading, signal: AbortSignal): Promise<void> {
  const client = options.kafka();
  const consumer = client.consumer({
    groupId: `${options.groupPrefix}${randomBytes(9).toString('base64url')}`,
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    minBytes: 1,
    maxWaitTimeInMs: options.maxWaitMs ?? MAX_WAIT_MS,
    ...FETCH_BYTES,
    retry: { ...RETRY, retries: 0, restartOnFailure: async () => false },
  });
  await connected(consumer, signal);
  const { readers } = reading;
  const over = new AbortController();
  const build: Build = { isOver: false, over: over.signal };
  try {
    const ended = watch(consumer, { ...options, ...reading }, build, signal);
    await withinMs(JOIN_MS, 'subscribing', consumer.subscribe({ topics: [...readers.keys()], fromBeginning: true }), signal);
    const joining = consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: readers.size,
      eachBatch: (payload) => takeBatch({ consumer, payload, reader: readers.get(payload.batch.topic)!, build }),
    });
    await Promise.race([withinMs(JOIN_MS, 'joining the group', joining, signal), ended]);
    await ended;
  } finally {
    build.isOver = true;
    over.abort();
    const disposal = dispose(consumer);
    if (signal.aborted) await disposal;
  }
}

interface Build {
  isOver: boolean;
  /** Aborted once it is over. */
  over: AbortSignal;
}

/** Resolves when the reading is to end well, rejects when the client is dead. */
function watch(consumer: Consumer, options: ConsumerOptions & Reading, build: Build, signal: AbortSignal): Promise<void> {
  const { readers, recheckMs } = options;
  const ended = new Promise<void>((resolve, reject) => {
    let fetchedAt = Number.POSITIVE_INFINITY; // the wait for the join does not count
    let checkAt = performance.now() + recheckMs();
    let isChecking = false;
    const { CRASH, STOP, DISCONNECT, GROUP_JOIN, FETCH } = consumer.events;
    consumer.on(CRASH, ({ payload }) => reject(payload.error));
    const unlessCrashed = (error: Error) => setTimeout(() => reject(error), 250); // a crash stops first, and tells why afterwards
    consumer.on(STOP, () => unlessCrashed(fault('STOPPED', 'the consumer stopped')));
    consumer.on(DISCONNECT, () => unlessCrashed(fault('DISCONNECTED', 'the consumer was disconnected')));
    consumer.on(GROUP_JOIN, () => {
      fetchedAt = performance.now();
      for (const [topic, reader] of readers) place(consumer, topic, reader, build);
    });
    consumer.on(FETCH, () => {
      fetchedAt = performance.now();
      options.onProgress();
    });
    const timer = setInterval(() => {
      if (build.isOver) return clearInterval(timer);
      if (signal.aborted) return resolve();
      const now = performance.now();
      const isWorking = [...readers.values()].some((reader) => reader.isBusy() && now - reader.movedAt() < PATIENCE_MS);
      if (isWorking) fetchedAt = Math.max(fetchedAt, now);
      if (now - fetchedAt > QUIET_MS) return reject(fault('NO_FETCH', `no fetch in ${QUIET_MS} ms`));
      if (now < checkAt || isChecking) return;
      checkAt = now + recheckMs();
      isChecking = true;
      const checked = options.hasChanged().then(
        (hasChanged) => hasChanged && resolve(),
        () => {}, // where the database is away, later
      );
      void checked.then(() => (isChecking = false));
    }, WATCH_MS);
    signal.addEventListener('abort', () => resolve(), { once: true, signal: build.over });
  });
  ended.catch(() => {});
  return ended;
}

const fault = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** Before the first fetch of a join: where the reader stands, or not at all while it is busy with a batch. */
function place(consumer: Consumer, topic: string, reader: TopicReader, build: Build): void {
  if (reader.isBusy()) return standAside(consumer, topic, reader, build);
  consumer.seek({ topic, partition: 0, offset: String(reader.nextOffset()) });
}

interface Batch {
  consumer: Consumer;
  payload: EachBatchPayload;
  reader: TopicReader;
  build: Build;
}
async function takeBatch({ consumer, payload, reader, build }: Batch): Promise<void> {
  const { batch, isStale, heartbeat, resolveOffset } = payload;
  if (build.isOver || isStale() || reader.isBusy()) return;
  let isDone = false;
  const reading = reader.read(batch.messages, Number(batch.highWatermark)).finally(() => (isDone = true));
  while (!isDone && performance.now() - reader.movedAt() < PATIENCE_MS) {
    await atMostMs(PATIENCE_MS / 8, reading);
    if (!isDone && !build.isOver) await heartbeat();
  }
  if (build.isOver) return;
  if (!isDone) return standAside(consumer, batch.topic, reader, build);
  if (await reading) resolveOffset(batch.lastOffset());
  else consumer.seek({ topic: batch.topic, partition: 0, offset: '0' });
}

/** Takes a topic out of the fetches until its reader is idle again. */
function standAside(consumer: Consumer, topic: string, reader: TopicReader, build: Build): void {
  consumer.pause([{ topic, partitions: [0] }]);
  const timer = setInterval(() => {
    if (build.isOver) return clearInterval(timer);
    if (reader.isBusy()) return;
    clearInterval(timer);
    consumer.seek({ topic, partition: 0, offset: String(reader.nextOffset()) });
    consumer.resume([{ topic, partitions: [0] }]);
  }, PATIENCE_MS / 8);
}
