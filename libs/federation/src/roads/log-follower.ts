import type { EventLog } from '../event-log.ts';
import { createLoop } from '../loop.ts';
import { createOutageLog } from '../watching/outage-log.ts';
import type { FeedReader } from './feed-reader.ts';
import { feedsToRead } from './feeds-to-read.ts';
import type { RunningOptions } from './link.ts';

export interface LogFollower {
  start(): void;
  stop(): Promise<void>;
}

const TEND_MS = 1_000;
const REGISTRY_MS = 5_000;

/** Follows all feeds of a reader in the log of topics, from anew whenever other nodes take part, and looks after those that wait. */
export function createLogFollower(
  { adcode, registry, log, random = Math.random }: RunningOptions,
  { reader, kafka, onTurned }: { reader: FeedReader; kafka: EventLog; onTurned?: () => void },
): LogFollower {
  const outage = createOutageLog(log, { road: 'kafka' }, 'looking after the feeds read failed and is tried again');
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let reading: { feeds: string; end: AbortController; done: Promise<void> } | undefined;

  function follow(feeds: string): void {
    const end = new AbortController();
    const done = kafka.follow(reader.source('kafka'), end.signal).catch((error: unknown) => {
      log.error({ err: error }, 'following the topics ended and is begun anew');
      reading = undefined;
    });
    reading = { feeds, end, done };
  }

  async function endReading(): Promise<void> {
    reading?.end.abort();
    await reading?.done;
    reading = undefined;
  }

  const loop = createLoop({
    async step() {
      if (performance.now() - refreshedAt >= REGISTRY_MS) {
        await registry.refresh();
        refreshedAt = performance.now();
      }
      const feeds = feedsToRead(adcode, registry)
        .map(({ origin, view }) => `${origin} ${view}`)
        .join();
      if (feeds !== reading?.feeds) await endReading();
      if (!reading && feeds !== '') follow(feeds);
      if (await reader.tend()) onTurned?.();
      outage.over();
      return false;
    },
    idleMs: TEND_MS,
    random,
    onError: outage.note,
  });

  return {
    start: () => loop.start(),
    async stop() {
      await loop.stop();
      await endReading();
    },
  };
}
