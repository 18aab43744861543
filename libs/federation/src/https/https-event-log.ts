import type { Logger } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { EventLog, FollowedFeed, FollowSource } from '../event-log.ts';
import { createLoop } from '../loop.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { createOutageLog } from '../watching/outage-log.ts';
import type { FeedAnswer, FeedHead } from '../wire.ts';
import { createHandOver } from './hand-over.ts';
import { createHttpsExchange, type FeedQuestion, type HttpsExchangeOptions } from './https-exchange.ts';
import { FeedStandsError } from './rests.ts';

export interface HttpsEventLogOptions extends HttpsExchangeOptions {
  registry: RegistryStore;
  log: Logger;
  random?: () => number;
  longPollMs?: number;
  /** How often heads are asked for where no events are. */
  heartbeatMs?: number;
}
export interface HttpsEventLog extends EventLog {
  /** One exchange over all feeds; how many pages it brought. */
  read(source: FollowSource, waitMs: number, signal?: AbortSignal): Promise<number>;
  /** Which feeds are to be read has changed: ask anew at once. */
  wake(): void;
}

const LONG_POLL_MS = 25_000;
const HEARTBEAT_MS = 10_000;
const IDLE_MS = 1_000;

/**
 * A city's road to the province: it writes by POST and reads by one long poll over all its cursors; nobody dials into a city. Of
 * feeds that another road brings, and of those that rest because a page was not taken, it asks for heads from time to time.
 */
export function createHttpsEventLog(options: HttpsEventLogOptions): HttpsEventLog {
  const { client, registry, clock, log, random = Math.random, longPollMs = LONG_POLL_MS, heartbeatMs = HEARTBEAT_MS } = options;
  const exchange = createHttpsExchange(options);
  const handOver = createHandOver({ log, onLate: wake });
  const outage = createOutageLog(log, { road: 'https' }, 'pulling failed and is tried again');
  let waking = new AbortController();
  let resume: (() => void) | undefined;
  let asksForEvents = false;
  let headsAskedAt = Number.NEGATIVE_INFINITY;
  const untilHeadsMs = () => Math.max(0, headsAskedAt + heartbeatMs - performance.now());

  async function read(source: FollowSource, waitMs: number, signal?: AbortSignal): Promise<number> {
    const woken = (waking = new AbortController()).signal;
    const feeds = await source.feeds();
    const isRead = ({ cursor, events }: FollowedFeed) => events && handOver.isFree(cursor);
    const whole = feeds.filter(isRead).map(({ cursor }) => handOver.furthest(cursor));
    const others = feeds.filter((feed) => !isRead(feed)).map(({ cursor }) => cursor);
    if (others.length > 0 && (waitMs === 0 || untilHeadsMs() === 0)) {
      headsAskedAt = performance.now();
      await hear(source, (await getEach({ cursors: others, waitMs: 0, isHeadsOnly: true }, signal)).heads);
    }
    asksForEvents = whole.length > 0;
    if (!asksForEvents) return 0;
    const wait = Math.ceil(Math.min(waitMs, handOver.untilDueMs(), others.length > 0 ? untilHeadsMs() : Infinity));
    const until = signal ? AbortSignal.any([woken, signal]) : woken;
    const answer = await getEach({ cursors: whole, waitMs: wait }, until).catch((error: unknown) => {
      if (woken.aborted && !signal?.aborted) return null;
      throw error;
    });
    if (!answer) return 0;
    for (const page of answer.pages) {
      const head = answer.heads.find((h) => h.origin === page.origin && h.view === page.view);
      const headSeq = head?.headSeq ?? page.from + page.events.length;
      const heardAt = head ? heardHere(head) : clock.now();
      await handOver.hand(source, { ...page, road: 'https', headSeq, heardAt, peer: registry.trust()!.province, mark: null });
    }
    await hear(source, answer.heads);
    return answer.pages.length;
  }

  /** A refusal says nothing of which feed it means: where there are several, each is asked for alone, and those refused rest. */
  async function getEach(question: FeedQuestion, signal?: AbortSignal): Promise<FeedAnswer> {
    const { cursors } = question;
    try {
      return await exchange.get(question, signal);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'REQUEST_UNSIGNED' || cursors.length === 1) throw error;
      const answers: FeedAnswer[] = [];
      for (const cursor of cursors) {
        const refusal = await exchange.get({ ...question, cursors: [cursor], waitMs: 0 }, signal).then(
          (answer) => void answers.push(answer),
          (alone: unknown) => alone,
        );
        if (refusal instanceof DomainError) handOver.rest(cursor, new FeedStandsError(refusal));
        else if (refusal) throw refusal;
      }
      if (answers.length === 0) throw error;
      return { ...answers[0]!, pages: answers.flatMap(({ pages }) => pages), heads: answers.flatMap(({ heads }) => heads) };
    }
  }

  const hear = (source: FollowSource, heads: readonly FeedHead[]): Promise<void> =>
    source.heard(
      heads.map(({ origin, view, headSeq, release, wireGeneration, ...head }) => {
        const node = release !== undefined && wireGeneration !== undefined ? { release, wireGeneration } : null;
        return { origin, view, headSeq, heardAt: heardHere(head), node };
      }),
    );

  /** When the home node was last heard, by this node's clock: the province's may differ. */
  function heardHere({ heardAt }: { heardAt: string }): Date {
    const now = clock.now().getTime();
    return new Date(Math.min(now, new Date(heardAt).getTime() - client.skewMs()));
  }

  function wake(): void {
    waking.abort();
    resume?.();
  }

  async function follow(source: FollowSource, signal: AbortSignal): Promise<void> {
    let isFirst = true;
    handOver.begin();
    const loop = createLoop({
      async step(stopping) {
        await registry.refresh();
        if (!registry.trust() || !registry.current()) return false;
        const startedAt = performance.now();
        const pages = await read(source, isFirst ? 0 : longPollMs, stopping);
        isFirst = false;
        outage.over();
        return pages > 0 || waking.signal.aborted || (asksForEvents && performance.now() - startedAt >= IDLE_MS);
      },
      idleMs: () => (asksForEvents ? IDLE_MS : Math.max(1, Math.min(untilHeadsMs(), handOver.untilDueMs()))),
      random,
      onError(error) {
        isFirst = true; // what is new is wanted at once, then
        outage.note(error);
      },
    });
    resume = () => loop.wake();
    loop.start();
    await ended(AbortSignal.any([signal, exchange.closed]));
    await loop.stop();
  }

  return {
    road: 'https',
    append: exchange.append,
    forget: () => {}, // the province says in each answer where it stands
    follow,
    read,
    wake,
    health: exchange.health,
    close: async () => exchange.close(),
  };
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
