import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@xiangjing/scenario-sdk';
import { digestOf, genesis, type FeedPosition } from '../core/feed.ts';
import { cutPages } from '../core/pages.ts';
import type { EventLog, FollowedFeed, FollowSource, HeardHead, RoadHealth } from '../event-log.ts';
import { topicOf } from '../kafka/kafka-connection.ts';
import type { WireEvent } from '../wire.ts';

export interface StoredRecord {
  epoch: number;
  seq: number;
  event: WireEvent;
}
interface Topic {
  incarnation: string;
  records: StoredRecord[];
  head: HeardHead | null;
}

type Change = (record: StoredRecord, topic: { origin: string; view: string }) => StoredRecord | null;

/** A log of topics in memory that can be away, wiped, short of a record, or full of strange ones. */
export interface MemoryBroker {
  open(adcode: string): EventLog;
  setUp(isUp: boolean): void;
  /** What becomes of a record on its way into a topic, although it is acknowledged; null: it is lost. */
  onTheWay(change: Change | null): void;
  wipe(): void;
  records(origin: string, view: string): StoredRecord[];
}

const away = () => new DomainError('UPSTREAM_UNAVAILABLE', 'no broker answers', { remedy: 'start it' });
const LOOK_MS = 10;

export function createMemoryBroker(): MemoryBroker {
  const topics = new Map<string, Topic>();
  let lives = 0;
  let isUp = true;
  const asItIs: Change = (record) => record;
  let change = asItIs;

  const topic = (origin: string, view: string): Topic => {
    const name = topicOf(origin, view);
    const found = topics.get(name) ?? { incarnation: `life-${(lives += 1)}`, records: [], head: null };
    topics.set(name, found);
    return found;
  };
  const mayRead = (adcode: string, { origin, view }: { origin: string; view: string }) =>
    view === 'up' ? adcode.endsWith('0000') : origin !== adcode;

  function open(adcode: string): EventLog {
    const closing = new AbortController();
    const followers = new Set<Promise<unknown>>();
    const positions = new Map<string, { incarnation: string; position: FeedPosition }>();

    async function followOne(source: FollowSource, feed: FollowedFeed, signal: AbortSignal): Promise<void> {
      const { origin, view } = feed.cursor;
      let life = feed.mark?.incarnation;
      let offset = feed.mark?.nextOffset ?? 0;
      let heard: HeardHead | null = null;
      const isNews = ({ epoch, seq }: StoredRecord) => epoch !== feed.cursor.epoch || seq > feed.cursor.seq;
      while (!signal.aborted) {
        const { incarnation, records, head } = topic(origin, view);
        if (!isUp || (incarnation === life && offset >= records.length && head === heard)) {
          await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
          continue;
        }
        if (incarnation !== life) [life, offset] = [incarnation, 0];
        while (offset < records.length && !isNews(records[offset]!)) offset += 1;
        const sized = records.slice(offset).map((record) => ({ ...record, bytes: record.event.bytes.length }));
        const [page] = cutPages(sized);
        try {
          if (page) await source.take({ ...pageOf(page), origin, view, mark: { incarnation, nextOffset: offset + page.length } });
          else if (head) await source.heard([head]);
          if (!page) heard = head;
          offset += page?.length ?? 0;
        } catch {
          await sleep(5 * LOOK_MS);
        }
      }
    }

    const pageOf = (records: StoredRecord[]) => ({
      road: 'kafka' as const,
      epoch: records[0]!.epoch,
      from: records[0]!.seq - 1,
      prev: null,
      events: records.map(({ event }) => event),
      headSeq: null,
      heardAt: new Date(),
      peer: 'topic',
    });

    return {
      road: 'kafka',
      async append(page) {
        if (page.origin !== adcode) throw new DomainError('CROSS_NODE', 'a foreign feed', { remedy: 'write own feeds only' });
        await sleep(1);
        if (!isUp || closing.signal.aborted) throw away();
        const { origin, view } = page;
        const there = topic(origin, view);
        const kept = positions.get(view);
        const held = kept?.incarnation === there.incarnation ? kept.position : endOf(there, origin, view);
        const follows = page.events.length > 0 && page.from === held.seq && page.prev === held.digest;
        const sent = page.events.map((event, index) => ({ epoch: page.epoch, seq: page.from + 1 + index, event }));
        if (follows) there.records.push(...sent.map((record) => change(record, { origin, view })).filter((record) => record !== null));
        const position = follows ? positionAfter(sent.at(-1)!) : held;
        positions.set(view, { incarnation: there.incarnation, position });
        there.head = { origin, view, headSeq: page.head.seq, heardAt: new Date(), node: { release: 'test', wireGeneration: 1 } };
        return { cursor: position, receiver: null };
      },
      forget: (view) => void positions.delete(view),
      async follow(source, signal) {
        const until = AbortSignal.any([signal, closing.signal]);
        const feeds = (await source.feeds()).filter(({ cursor }) => mayRead(adcode, cursor));
        const following = Promise.all(feeds.map((feed) => followOne(source, feed, until)));
        followers.add(following);
        await following;
      },
      health: (): RoadHealth => ({ isAlive: isUp, lastProgressAt: null, lastError: null }),
      async close() {
        closing.abort();
        await Promise.all(followers);
      },
    };
  }

  return {
    open,
    setUp: (is) => (isUp = is),
    onTheWay: (to) => (change = to ?? asItIs),
    wipe: () => topics.clear(),
    records: (origin, view) => topic(origin, view).records,
  };
}

const positionAfter = ({ epoch, seq, event }: StoredRecord): FeedPosition => ({
  epoch,
  seq,
  digest: digestOf(Buffer.from(event.bytes, 'base64')),
});
const endOf = ({ records }: Topic, origin: string, view: string): FeedPosition => {
  const last = records.at(-1);
  return last ? positionAfter(last) : genesis(origin, view);
};
