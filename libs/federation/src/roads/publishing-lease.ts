import type { Logger } from '@xiangjing/platform';
import pg from 'pg';
import { createLoop } from '../loop.ts';
import { createOutageLog } from '../watching/outage-log.ts';

export interface PublishingLeaseOptions {
  /** The publisher login. */
  url: string;
  log: Logger;
  random: () => number;
  /** Time that passes. */
  nowMs: () => number;
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
const CONNECT_MS = 5_000;

/**
 * Lets one process of a node at a time write its feeds to others. The lease is an advisory lock of the database that all of them
 * read from, held by a connection of its own: whoever dies or loses that connection has lost it, and another takes over within a
 * second.
 */
export function createPublishingLease({ url, log, random, nowMs, onHeld }: PublishingLeaseOptions): PublishingLease {
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
      connectionTimeoutMillis: CONNECT_MS,
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
    async step() {
      if (term || nowMs() < asksAgainMs) return false;
      client ??= await connect();
      const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(hashtext('xiangjing publishing')) as held`);
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
      await loop.stop();
      const last = client;
      [client, term] = [undefined, undefined];
      await last?.end();
    },
  };
}
