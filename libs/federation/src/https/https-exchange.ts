import { DomainError, WIRE_GENERATION } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import type { AppendAnswer, OutgoingPage, RoadHealth } from '../event-log.ts';
import { cursorText, FeedAnswer, PREFIX, PushAnswer, PushConflict, type FeedCursor, type PushRequest } from '../wire.ts';
import { refusalOf, type ProvinceAnswer, type ProvinceClient } from './province-client.ts';
import { createRoadHealth } from './road-health.ts';

export interface HttpsExchangeOptions {
  client: ProvinceClient;
  clock: Clock;
  /** What this node says of itself in its heartbeats. */
  release?: string | undefined;
  /** The province has a registry of this version. */
  onRegistry?(version: number, signal: AbortSignal | undefined): Promise<void>;
  /** The province answered, but not what was asked for; null once it does. */
  onRefusal?(refusal: DomainError | null): Promise<void>;
}
export interface FeedQuestion {
  cursors: readonly FeedCursor[];
  /** How long the answer may wait for something new. */
  waitMs: number;
  isHeadsOnly?: boolean;
}
/** POST and GET feed, as a city asks its province. */
export interface HttpsExchange {
  append(page: OutgoingPage, signal?: AbortSignal): Promise<AppendAnswer>;
  get(question: FeedQuestion, signal?: AbortSignal): Promise<FeedAnswer>;
  health(): RoadHealth;
  /** Aborted once the road was closed. */
  closed: AbortSignal;
  close(): void;
}

const TIMEOUT_MS = 15_000;

export function createHttpsExchange(options: HttpsExchangeOptions): HttpsExchange {
  const { client, clock, release } = options;
  const closing = new AbortController();
  const health = createRoadHealth(clock);
  const ofThisNode = release === undefined ? {} : { release, wireGeneration: WIRE_GENERATION };
  const within = (signal: AbortSignal | undefined) => (signal ? AbortSignal.any([closing.signal, signal]) : closing.signal);

  return {
    async append({ traceparent, ...page }, signal) {
      const body: PushRequest = { ...page, events: [...page.events], ...ofThisNode };
      const request = { method: 'POST' as const, path: `${PREFIX}/feed`, body: JSON.stringify(body), timeoutMs: TIMEOUT_MS, traceparent };
      return health.watch(async () => appendAnswer(await client.ask({ ...request, signal: within(signal) })));
    },
    async get({ cursors, waitMs, isHeadsOnly = false }, signal) {
      const query = new URLSearchParams(cursors.map((cursor): [string, string] => ['cursor', cursorText(cursor)]));
      query.set('wait', String(waitMs));
      if (isHeadsOnly) query.set('limit', '0');
      const request = { method: 'GET' as const, path: `${PREFIX}/feed?${query.toString()}`, timeoutMs: waitMs + TIMEOUT_MS };
      const answer = await health.watch(async () => {
        const { status, body } = await client.ask({ ...request, signal: within(signal) });
        const refusal = status === 200 ? null : refusalOf({ status, body });
        await options.onRefusal?.(refusal);
        if (refusal) throw refusal;
        return FeedAnswer.parse(body);
      }, request.timeoutMs);
      await options.onRegistry?.(answer.registryVersion, signal);
      return answer;
    },
    health: health.read,
    closed: closing.signal,
    close: () =>
      closing.abort(new DomainError('UPSTREAM_UNAVAILABLE', 'the road was closed', { remedy: 'none needed: the node is stopping' })),
  };
}

/** The cursor the province goes on from. A gap only tells where it stands; any other conflict stops this feed. */
function appendAnswer(answer: ProvinceAnswer): AppendAnswer {
  if (answer.status === 200) {
    const { cursor, readsLog = false, want = null } = PushAnswer.parse(answer.body);
    return { cursor, receiver: { cursor, readsLog, want } };
  }
  if (answer.status !== 409) throw refusalOf(answer);
  const { code, detail, remedy, cursor } = PushConflict.parse(answer.body);
  if (code === 'SEQUENCE_GAP') return { cursor, receiver: null };
  throw new DomainError(code as DomainError['code'], detail, { remedy });
}
