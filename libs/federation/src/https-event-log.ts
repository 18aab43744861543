import type { Logger } from '@xiangjing/platform';
import { DomainError, WIRE_GENERATION } from '@xiangjing/scenario-sdk';
import type { Clock } from './clock.ts';
import { digestOf, type FeedPosition } from './core/feed.ts';
import type { AppendAnswer, EventLog, FollowSource, IncomingPage, OutgoingPage } from './event-log.ts';
import { createLoop } from './loop.ts';
import { refusalOf, type ProvinceAnswer, type ProvinceClient } from './province-client.ts';
import type { RegistryStore } from './registry-store.ts';
import { createRests, FeedStandsError } from './rests.ts';
import { createRoadHealth } from './road-health.ts';
import { cursorText, FeedAnswer, PREFIX, PushAnswer, PushConflict, type FeedCursor, type FeedHead, type PushRequest } from './wire.ts';

export interface HttpsEventLogOptions {
  client: ProvinceClient;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  /** What this node says of itself in its heartbeats. */
  release?: string | undefined;
  random?: () => number;
  longPollMs?: number;
  /** How often heads are asked for where no events are. */
  heartbeatMs?: number;
  /** The province has a registry of this version. */
  onRegistry?(version: number, signal: AbortSignal | undefined): Promise<void>;
  /** The province answered, but not what was asked for. */
  onRefusal?(refusal: DomainError | null): Promise<void>;
}
export interface HttpsEventLog extends EventLog {
  /** One exchange over all feeds; how many pages it brought. */
  read(source: FollowSource, waitMs: number, signal?: AbortSignal): Promise<number>;
  /** Which feeds are to be read has changed: ask anew at once. */
  wake(): void;
}

const LONG_POLL_MS = 25_000;
const HEARTBEAT_MS = 10_000;
const TIMEOUT_MS = 15_000;
const IDLE_MS = 1_000;
/** A page that is still being taken after this long is left to itself, so that the other feeds go on. */
const PATIENCE_MS = 1_000;

/**
 * A city's road to the province: it writes by POST and reads by one long poll over all its cursors; nobody dials into a city. A
 * feed whose page was not taken rests for a while, longer each time, and its head is asked for meanwhile.
 */
export function createHttpsEventLog(options: HttpsEventLogOptions): HttpsEventLog {
  const { client, registry, clock, log, random = Math.random, longPollMs = LONG_POLL_MS, heartbeatMs = HEARTBEAT_MS } = options;
  const closing = new AbortController();
  const health = createRoadHealth(clock);
  const rests = createRests();
  const beingTaken = new Set<string>();
  /** How far the source has taken what this reading brought; it may have come further by another road. */
  const reached = new Map<string, FeedPosition>();
  let waking = new AbortController();
  let asksForEvents = false;
  let headsAskedAt = Number.NEGATIVE_INFINITY;

  const within = (signal: AbortSignal | undefined): AbortSignal => AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);

  async function append(page: OutgoingPage, signal?: AbortSignal): Promise<AppendAnswer> {
    const { traceparent, ...sent } = page;
    const body: PushRequest = { ...sent, events: [...page.events], ...ofThisNode() };
    const request = { method: 'POST' as const, path: `${PREFIX}/feed`, body: JSON.stringify(body), timeoutMs: TIMEOUT_MS, traceparent };
    return health.watch(async () => answerOf(await client.ask({ ...request, signal: within(signal) })));
  }

  const ofThisNode = () => (options.release === undefined ? {} : { release: options.release, wireGeneration: WIRE_GENERATION });

  async function get(cursors: readonly FeedCursor[], more: Record<string, number>, signal: AbortSignal | undefined): Promise<FeedAnswer> {
    const query = new URLSearchParams(cursors.map((cursor): [string, string] => ['cursor', cursorText(cursor)]));
    for (const [name, value] of Object.entries(more)) query.set(name, String(value));
    const timeoutMs = (more.wait ?? 0) + TIMEOUT_MS;
    const answer = await health.watch(async () => {
      const path = `${PREFIX}/feed?${query.toString()}`;
      const { status, body } = await client.ask({ method: 'GET', path, timeoutMs, signal: within(signal) });
      const refusal = status === 200 ? null : refusalOf({ status, body });
      await options.onRefusal?.(refusal);
      if (refusal) throw refusal;
      return FeedAnswer.parse(body);
    }, timeoutMs);
    await options.onRegistry?.(answer.registryVersion, signal);
    return answer;
  }

  /** A refusal says nothing of which feed it means: where there are several, each is asked for alone, and those refused rest. */
  async function getOrSplit(
    cursors: readonly FeedCursor[],
    more: Record<string, number>,
    signal: AbortSignal | undefined,
  ): Promise<FeedAnswer> {
    try {
      return await get(cursors, more, signal);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'REQUEST_UNSIGNED' || cursors.length === 1) throw error;
      const answers: FeedAnswer[] = [];
      for (const cursor of cursors) {
        const alone = await get([cursor], { ...more, wait: 0 }, signal).catch((refusal: unknown) => refusal);
        if (alone instanceof DomainError) rests.note(keyOf(cursor), new FeedStandsError(alone));
        else if (alone instanceof Error) throw alone;
        else answers.push(alone as FeedAnswer);
      }
      if (answers.length === 0) throw error;
      return { ...answers[0]!, pages: answers.flatMap(({ pages }) => pages), heads: answers.flatMap(({ heads }) => heads) };
    }
  }

  async function read(source: FollowSource, waitMs: number, signal?: AbortSignal): Promise<number> {
    const feeds = (await source.feeds()).map((feed) => ({ ...feed, cursor: furthest(feed.cursor) }));
    const isRead = ({ cursor, events }: (typeof feeds)[number]) => events && !rests.has(keyOf(cursor)) && !beingTaken.has(keyOf(cursor));
    const whole = feeds.filter(isRead).map(({ cursor }) => cursor);
    const headsOnly = feeds.filter((feed) => !isRead(feed)).map(({ cursor }) => cursor);
    if (headsOnly.length > 0 && (waitMs === 0 || untilHeadsMs() === 0)) {
      headsAskedAt = performance.now();
      await hear(source, (await getOrSplit(headsOnly, { limit: 0, wait: 0 }, signal)).heads);
    }
    asksForEvents = whole.length > 0;
    if (!asksForEvents) return 0;
    const wait = Math.ceil(Math.min(waitMs, rests.untilMs(), headsOnly.length > 0 ? untilHeadsMs() : Infinity));
    waking = new AbortController();
    const answer = await getOrSplit(whole, { wait }, AbortSignal.any([waking.signal, ...(signal ? [signal] : [])])).catch(
      (error: unknown) => {
        if (waking.signal.aborted && !signal?.aborted) return null;
        throw error;
      },
    );
    if (!answer) return 0;
    for (const page of answer.pages) {
      const head = answer.heads.find((h) => h.origin === page.origin && h.view === page.view);
      const headSeq = head?.headSeq ?? page.from + page.events.length;
      await take(source, { ...page, headSeq, ...arrived(head ? heardHere(head) : clock.now()) });
    }
    await hear(source, answer.heads);
    return answer.pages.length;
  }

  function furthest(cursor: FeedCursor): FeedCursor {
    const own = reached.get(keyOf(cursor));
    return own && own.epoch === cursor.epoch && own.seq > cursor.seq ? { ...cursor, ...own } : cursor;
  }

  /** Waits for the page to be taken, but not for ever. */
  async function take(source: FollowSource, page: IncomingPage): Promise<void> {
    const key = keyOf(page);
    beingTaken.add(key);
    let isLate = false;
    const taking = source.take(page).then(
      () => {
        rests.clear(key);
        reached.set(key, endOf(page));
      },
      (error: unknown) => {
        if (rests.note(key, error))
          log.warn({ err: error, origin: page.origin, view: page.view }, 'a page could not be taken and comes again');
      },
    );
    const done = taking.finally(() => {
      beingTaken.delete(key);
      if (isLate) wake();
    });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve();
      }, PATIENCE_MS);
    });
    await Promise.race([done, patience]);
    clearTimeout(timer);
  }

  const hear = (source: FollowSource, heads: readonly FeedHead[]): Promise<void> =>
    source.heard(
      heads.map(({ origin, view, headSeq, release, wireGeneration, ...head }) => {
        const node = release !== undefined && wireGeneration !== undefined ? { release, wireGeneration } : null;
        return { origin, view, headSeq, heardAt: heardHere(head), node };
      }),
    );

  const arrived = (heardAt: Date) => ({ road: 'https' as const, heardAt, peer: registry.trust()!.province, mark: null });

  /** When the home node was last heard, by this node's clock: the province's may differ. */
  function heardHere({ heardAt }: { heardAt: string }): Date {
    const now = clock.now().getTime();
    return new Date(Math.min(now, new Date(heardAt).getTime() - client.skewMs()));
  }

  const untilHeadsMs = () => Math.max(0, headsAskedAt + heartbeatMs - performance.now());
  let rewake: (() => void) | undefined;
  function wake(): void {
    waking.abort();
    rewake?.();
  }

  return {
    road: 'https',
    append,
    read,
    wake,
    async follow(source, signal) {
      let isFirst = true;
      reached.clear();
      const loop = createLoop({
        async step(stopping) {
          await registry.refresh();
          if (!registry.trust() || !registry.current()) return false;
          const startedAt = performance.now();
          const pages = await read(source, isFirst ? 0 : longPollMs, stopping);
          isFirst = false;
          return pages > 0 || waking.signal.aborted || (asksForEvents && performance.now() - startedAt >= IDLE_MS);
        },
        idleMs: () => (asksForEvents ? IDLE_MS : Math.max(1, Math.min(untilHeadsMs(), rests.untilMs()))),
        random,
        onError: (error) => {
          isFirst = true;
          log.warn({ err: error }, 'pulling failed and is tried again');
        },
      });
      rewake = () => loop.wake();
      loop.start();
      await ended(within(signal));
      await loop.stop();
    },
    health: health.read,
    async close() {
      closing.abort(new DomainError('UPSTREAM_UNAVAILABLE', 'the road was closed', { remedy: 'none needed: the node is stopping' }));
    },
  };
}

const keyOf = ({ origin, view }: { origin: string; view: string }): string => `${origin} ${view}`;

const endOf = ({ epoch, from, events }: IncomingPage): FeedPosition => ({
  epoch,
  seq: from + events.length,
  digest: digestOf(Buffer.from(events.at(-1)!.bytes, 'base64')),
});

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The cursor the province goes on from. A gap only tells where it stands; any other conflict stops this feed. */
function answerOf(answer: ProvinceAnswer): AppendAnswer {
  if (answer.status === 200) {
    const { cursor, readsLog = false, want = null } = PushAnswer.parse(answer.body);
    return { cursor, receiver: { cursor, readsLog, want } };
  }
  if (answer.status !== 409) throw refusalOf(answer);
  const { code, detail, remedy, cursor } = PushConflict.parse(answer.body);
  if (code === 'SEQUENCE_GAP') return { cursor, receiver: null };
  throw new DomainError(code as DomainError['code'], detail, { remedy });
}
