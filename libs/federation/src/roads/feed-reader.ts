import type { Applier } from '../apply/applier.ts';
import { noteDegraded, noteHeads, readFeeds } from '../apply/peer-cursor.ts';
import { createTurns } from '../apply/turns.ts';
import { DEGRADED_AFTER_MS } from '../core/parking.ts';
import { readerRoad, TAKE_OVER_MS, type ReaderRoad } from '../core/roads.ts';
import type { EventLog, FeedStand, FollowSource, HeardHead, IncomingPage, Road } from '../event-log.ts';
import { FeedStandsError } from '../https/rests.ts';
import { atMostMs } from '../kafka/deadline.ts';
import { createParkedFeed, type ParkedFeed } from '../parking/parked-feed.ts';
import { createSetAsides } from '../parking/set-aside.ts';
import { createOutageLog } from '../watching/outage-log.ts';
import { createPeerNodes } from '../watching/peer-nodes.ts';
import { feedsToRead } from './feeds-to-read.ts';
import type { RunningOptions } from './link.ts';
import { createLogTroubles } from './log-troubles.ts';
import { tellRoad } from './tell-road.ts';

export interface FeedReaderOptions extends RunningOptions {
  applier: Applier;
  kafka?: EventLog | undefined;
}
interface Feed {
  origin: string;
  view: string;
}
/** All that this node reads of others, whichever road brings it. */
export interface FeedReader {
  /** What a road follows. */
  source(road: Road): FollowSource;
  /** Looks after feeds that wait: what was parked, which road they need, what the operators are told. True if one needs HTTPS from now on. */
  tend(): Promise<boolean>;
  /** The feed comes by the log, as far as can be told, and nothing of it is missing. A log that comes up has its time. */
  readsLog(feed: Feed): boolean;
  /** Events taken since the start. */
  taken(): number;
}

interface ReadFeed {
  feed: ParkedFeed;
  head: number;
  road: ReaderRoad | null;
  /** The log has brought something of it: an event, once, or since the start that its origin is there. */
  isLogged: boolean;
  isDegraded: boolean;
  isReleasing: boolean;
}

const RELEASE_MS = 1_000;

export function createFeedReader(options: FeedReaderOptions): FeedReader {
  const { pool, adcode, registry, applier, kafka, clock, log, nowMs = () => performance.now() } = options;
  const setAside = createSetAsides(options);
  const peers = createPeerNodes(pool, log);
  const outage = createOutageLog(log, { road: 'kafka' }, 'a feed could not be looked after and is tried again');
  const tellTroubles = createLogTroubles({ pool, log, nowMs });
  const pulled = options.meter.createCounter('xiangjing_feed_pulled_events', { description: 'events taken from the province' });
  const inTurn = createTurns();
  const read = new Map<string, ReadFeed>();
  const startedMs = nowMs();
  let wasAlive = false;
  let taken = 0;

  function forgetLeft(): void {
    const keys = new Set(feedsToRead(adcode, registry).map(keyOf));
    for (const key of read.keys()) if (!keys.has(key)) read.delete(key);
  }

  /** The feeds as they stand; a feed met for the first time is taken up. */
  async function load(): Promise<ReadFeed[]> {
    const held = await readFeeds(pool, feedsToRead(adcode, registry));
    return held.map((row) => {
      const key = keyOf(row);
      const known = read.get(key) ?? {
        feed: createParkedFeed({ pool, applier, setAside, nowMs }, row),
        head: 0,
        road: null,
        isLogged: row.mark !== null,
        isDegraded: row.isDegraded,
        isReleasing: false,
      };
      known.feed.met(row);
      known.head = Math.max(known.head, row.headSeq);
      read.set(key, known);
      return known;
    });
  }

  async function knownOf(page: IncomingPage): Promise<ReadFeed | undefined> {
    if (!read.has(keyOf(page))) await load();
    return read.get(keyOf(page));
  }

  async function take(page: IncomingPage): Promise<FeedStand | undefined> {
    const known = await knownOf(page);
    if (!known) return undefined; // a node that left the federation
    const { feed } = known;
    known.isLogged ||= page.road === 'kafka';
    await inTurn(() => (page.road === 'kafka' ? feed.takeFromLog(page) : takeFromHttps(feed, page)));
    return feed.cursor();
  }

  async function takeFromHttps(feed: ParkedFeed, page: IncomingPage): Promise<void> {
    const { applied, fault } = await feed.takeFromHttps(page);
    taken += applied;
    pulled.add(applied, { origin: page.origin, view: page.view });
    if (fault) throw new FeedStandsError(fault);
  }

  async function heard(road: Road, heads: readonly HeardHead[]): Promise<void> {
    for (const head of heads) {
      const known = read.get(keyOf(head));
      if (!known) continue;
      known.head = Math.max(known.head, head.headSeq);
      known.isLogged ||= road === 'kafka';
    }
    await noteHeads(pool, heads);
    for (const { origin, heardAt, node } of heads) if (node) await peers.note({ adcode: origin, heardAt, ...node });
  }

  function isLogAlive(feed: Feed): boolean {
    const health = kafka?.health();
    wasAlive ||= health?.isAlive === true;
    return health !== undefined && health.isAlive && !health.missing?.some((missing) => keyOf(missing) === keyOf(feed));
  }

  /** One of which there are events is known to come by HTTPS alone; of any other the log has 15 s to bring something. */
  const isUnlogged = ({ feed, isLogged }: ReadFeed): boolean => !isLogged && (feed.cursor().seq > 0 || nowMs() - startedMs >= TAKE_OVER_MS);

  /** Without a log always; with one as `readerRoad` says. */
  function needsHttps(known: ReadFeed): boolean {
    if (!kafka) return true;
    const { feed, head } = known;
    const sight = {
      cursor: feed.cursor().seq,
      head,
      isLogAlive: isLogAlive(feed),
      hasGap: feed.hasGap(),
      isUnlogged: isUnlogged(known),
    };
    const was = known.road?.https ?? false;
    known.road = readerRoad(known.road, sight, nowMs());
    if (known.road.https !== was) tellRoad(log, { origin: feed.origin, view: feed.view, ...sight }, known.road.https);
    return known.road.https;
  }

  async function noteCondition(known: ReadFeed): Promise<void> {
    const { feed, isDegraded } = known;
    const stuckSinceMs = known.road?.applied.stuckSinceMs ?? null;
    const isStuck = stuckSinceMs !== null && nowMs() - stuckSinceMs >= DEGRADED_AFTER_MS;
    const reason = feed.degradedReason() ?? (isStuck ? `events after ${feed.cursor().seq} have not come by any road` : null);
    if ((reason !== null) === isDegraded) return;
    const { origin, view } = feed;
    await noteDegraded(pool, { origin, view, reason, now: clock.now() });
    known.isDegraded = reason !== null;
    if (reason !== null) log.error({ alarm: true, origin, view, reason }, 'a feed is degraded: it waits for events that do not come');
    else log.info({ origin, view }, 'a feed is whole again');
  }

  /** What one feed cannot do now holds no other up. */
  async function allOf(works: readonly Promise<void>[]): Promise<boolean> {
    const failed = (await Promise.allSettled(works)).filter((result) => result.status === 'rejected');
    for (const { reason } of failed.slice(0, 1)) outage.note(reason);
    return failed.length === 0;
  }

  /** A feed that is busy with a page is let go on with it, and asked again only after that. */
  async function release(known: ReadFeed): Promise<void> {
    if (known.isReleasing) return;
    known.isReleasing = true;
    await known.feed.release().finally(() => (known.isReleasing = false));
  }

  return {
    source: (road) => ({
      async feeds() {
        const feeds = await load();
        return feeds.map((known) => {
          const { origin, view, cursor, mark } = known.feed;
          return { cursor: { origin, view, ...cursor() }, mark: mark(), events: road === 'kafka' || needsHttps(known) };
        });
      },
      take,
      heard: (heads) => heard(road, heads),
      setAside: ({ offset, ...record }) => setAside({ ...record, at: `offset ${offset}` }),
    }),
    async tend() {
      forgetLeft();
      const all = [...read.values()];
      const turned = all.filter((known) => {
        const was = known.road?.https ?? false;
        return kafka !== undefined && needsHttps(known) && !was;
      });
      const told = await allOf([...all.map(noteCondition), ...(kafka ? [tellTroubles(kafka.health())] : [])]);
      await atMostMs(RELEASE_MS, allOf(all.map(release)));
      if (told) outage.over();
      return turned.length > 0;
    },
    readsLog(feed) {
      const isComingUp = !wasAlive && nowMs() - startedMs < TAKE_OVER_MS;
      return (isComingUp || isLogAlive(feed)) && read.get(keyOf(feed))?.feed.hasGap() !== true;
    },
    taken: () => taken,
  };
}

const keyOf = ({ origin, view }: Feed): string => `${origin} ${view}`;
