import type { Logger } from '@xiangjing/platform';
import pg from 'pg';
import { atMostMs } from '../kafka/deadline.ts';
import { createLoop } from '../loop.ts';
import { createOutageLog } from '../watching/outage-log.ts';

export interface PublishingLeaseOptions {
  /** The publisher login. */
  url: string;
  log: Logger;
  random: () => number;
  /** Time that passes. */
  nowMs: () => number;
  /** How long the database may take for an answer; one that takes longer is taken for gone. */
  answerMs?: number;
  /** This process writes from now on; what it remembers of an earlier term is out of date. */
  onHeld(): void;
}
export interface PublishingLease {
  start(): void;
  /** Aborted once this process must not write any more; undefined while another one writes. */
  term(): AbortSignal | undefined;
  stop(): Promise<void>;
}

const LOOK_MS = 1_000;
/** Whoever lost it lets the others ask first: what cut its connection may last. */
const AFTER_LOSS_MS = 2_000;
const ANSWER_MS = 5_000;
/** An end that the database does not hear of is left to its keepalives. */
const END_MS = 1_900;

/**
 * Asks for the lock, and has the server end a session whose other side is silent for 20 s, be it idle or owed an answer: long after
 * that side has stepped down.
 */
export const ASK_FOR_LEASE = `select pg_try_advisory_lock(hashtext('xiangjing publishing')) as held,
  set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '20000', false)`;

/**
 * Lets one process of a node at a time write its feeds to others. The lease is an advisory lock of the database that all of them
 * read from, held by a connection of its own, which the holder tries every second: one that is not answered steps down within about
 * 6 s. Another takes over within a second where the process has died or its connection was closed, and after about 20 s where its
 * host or the network has vanished without a word.
 */
export function createPublishingLease(options: PublishingLeaseOptions): PublishingLease {
  const { url, log, random, nowMs, answerMs = ANSWER_MS, onHeld } = options;
  const outage = createOutageLog(log, {}, 'the lease for publishing could not be asked for and is tried again');
  let client: pg.Client | undefined;
  let term: AbortController | undefined;
  let before: 'start' | 'waiting' | 'lost' = 'start';
  let asksAgainMs = Number.NEGATIVE_INFINITY;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'xiangjing publishing lease',
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
    });
    for (const event of ['error', 'end'] as const) next.on(event, () => next === client && lose());
    await next.connect();
    return next;
  }

  function lose(): void {
    const [gone, lost] = [client, term];
    [client, term] = [undefined, undefined];
    gone?.end().catch(() => {});
    if (!lost) return;
    before = 'lost';
    asksAgainMs = nowMs() + AFTER_LOSS_MS;
    log.warn('the connection that holds the lease for publishing was lost');
    lost.abort(new Error('the lease for publishing was lost'));
  }

  function begin(): void {
    if (before !== 'start') log.info('this process publishes from now on');
    term = new AbortController();
    onHeld();
  }

  function wait(): void {
    if (before !== 'waiting') log.info('another process of this node publishes; this one waits for it to end');
    before = 'waiting';
  }

  const loop = createLoop({
    async step(signal) {
      if (term) await client?.query('select 1');
      if (term || nowMs() < asksAgainMs) return false;
      client ??= await connect();
      if (signal.aborted) lose();
      signal.throwIfAborted();
      const { rows } = await client.query<{ held: boolean }>(ASK_FOR_LEASE);
      outage.over();
      if (rows[0]!.held) begin();
      else wait();
      return false;
    },
    idleMs: LOOK_MS,
    longestPauseMs: LOOK_MS,
    random,
    onError(error) {
      lose();
      outage.note(error);
    },
  });

  return {
    start: () => loop.start(),
    term: () => term?.signal,
    async stop() {
      const stopped = loop.stop();
      const last = client;
      [client, term] = [undefined, undefined];
      await atMostMs(END_MS, Promise.all([stopped, last?.end()])); // its end fails what is being asked
    },
  };
}
