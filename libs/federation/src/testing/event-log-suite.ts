import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventLog, FeedStand, FollowedFeed, FollowSource, HeardHead, IncomingPage, SetAside } from '../event-log.ts';
import type { Signer } from '../registry/keys.ts';
import type { WireEvent } from '../wire.ts';
import { TestFeed } from './test-feed.ts';

/** A road between nodes of one federation, on real servers: cities 430100 and 430300 write, 430200 reads their `peer`. */
export interface EventLogBench {
  signer(adcode: string): Signer;
  /** A new process of this node opens the road; the suite closes it. */
  open(adcode: string): Promise<EventLog>;
  [Symbol.asyncDispose](): Promise<void>;
}

const [WRITER, OTHER, READER] = ['430100', '430300', '430200'] as const;
const PATIENCE_MS = 30_000;

/** Appends from where the log stands until it holds the feed. */
export async function appendAll(log: EventLog, feed: TestFeed): Promise<void> {
  let from = 0;
  for (;;) {
    const { cursor } = await log.append(feed.page(from));
    if (cursor.seq === feed.head.seq) return;
    expect(cursor).toEqual(feed.positions[cursor.seq]);
    from = cursor.seq;
  }
}

/** Keeps what it is given; `refuse` and `hold` play a database that is down or busy. */
export class Collector implements FollowSource {
  readonly pages: IncomingPage[] = [];
  readonly heads: HeardHead[] = [];
  readonly setAsides: SetAside[] = [];
  refuse: (page: IncomingPage) => boolean = () => false;
  hold: (page: IncomingPage) => Promise<void> | undefined = () => undefined;
  readonly #feeds: () => FollowedFeed[];
  readonly #held = new Map<string, Set<number>>();
  constructor(feeds: () => FollowedFeed[]) {
    this.#feeds = feeds;
  }
  feeds = () => Promise.resolve(this.#feeds());
  async take(page: IncomingPage): Promise<FeedStand> {
    await this.hold(page);
    if (this.refuse(page)) throw new Error('the database is away');
    this.pages.push(page);
    return this.#standAfter(page);
  }
  /** As far as there is no hole, as a node would apply it. */
  #standAfter({ origin, view, from, events }: IncomingPage): FeedStand {
    const start = this.#feeds().find(({ cursor }) => cursor.origin === origin && cursor.view === view)!.cursor;
    const held = this.#held.get(`${origin} ${view}`) ?? new Set();
    this.#held.set(`${origin} ${view}`, held);
    for (const index of events.keys()) held.add(from + 1 + index);
    let { seq } = start;
    while (held.has(seq + 1)) seq += 1;
    return { epoch: start.epoch, seq };
  }
  heard = (heads: readonly HeardHead[]) => Promise.resolve(void this.heads.push(...heads));
  setAside = (record: SetAside) => Promise.resolve(void this.setAsides.push(record));
  /** Events by number, as the last page that carried each had them. */
  of(origin: string): Map<number, WireEvent> {
    const ours = this.pages.filter((page) => page.origin === origin);
    return new Map(ours.flatMap((page) => page.events.map((event, index) => [page.from + 1 + index, event] as const)));
  }
  has = (feed: TestFeed, from = 0): boolean =>
    feed.events.slice(from).every(({ bytes }, index) => this.of(feed.origin).get(from + 1 + index)?.bytes === bytes);
}

export const followed = (feed: TestFeed, seq = 0): FollowedFeed => ({
  cursor: { origin: feed.origin, view: feed.view, ...feed.positions[seq]! },
  mark: null,
  events: true,
});

export async function expectSoon(what: () => boolean, timeout = PATIENCE_MS): Promise<void> {
  await expect.poll(what, { timeout, interval: 50 }).toBe(true);
}

/** What every road must keep, see `EventLog`. `make` gives a federation whose log holds none of these feeds yet. */
export function describeEventLog(name: string, make: () => Promise<EventLogBench>): void {
  describe(`the event log over ${name}`, () => {
    let bench: EventLogBench;
    let [ours, theirs] = [] as unknown as [TestFeed, TestFeed];
    let writer: EventLog;
    let other: EventLog;
    const open: EventLog[] = [];
    const stops: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      bench = await make();
      [ours, theirs] = [new TestFeed(bench.signer(WRITER)), new TestFeed(bench.signer(OTHER))];
      [writer, other] = [await bench.open(WRITER), await bench.open(OTHER)];
      open.push(writer, other);
    });
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });
    afterAll(async () => {
      await Promise.all(open.map((log) => log.close()));
      await bench[Symbol.asyncDispose]();
    });

    async function follow(source: FollowSource, adcode: string = READER): Promise<EventLog> {
      const log = await bench.open(adcode);
      const stopping = new AbortController();
      const following = log.follow(source, stopping.signal);
      stops.push(async () => {
        stopping.abort();
        await Promise.all([log.close(), following]);
      });
      return log;
    }

    test('what was appended arrives complete, in order and byte for byte', async () => {
      await appendAll(writer, ours.grow(1_200));
      const source = new Collector(() => [followed(ours)]);
      const log = await follow(source);
      await expectSoon(() => source.has(ours));
      const lengths = source.pages.map((page) => page.events.length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(500);
      const froms = source.pages.filter((page) => page.events.length > 0).map((page) => page.from);
      expect(froms).toEqual([...froms].sort((a, b) => a - b));
      expect(source.of(WRITER)).toEqual(new Map(ours.events.map((event, index) => [index + 1, event])));
      expect(log.health()).toMatchObject({ isAlive: true, lastError: null });
    });

    test('a reader gets what follows its cursor, and then what is appended while it follows', async () => {
      await appendAll(writer, ours.grow(3));
      const from = ours.head.seq - 2;
      const source = new Collector(() => [followed(ours, from)]);
      await follow(source);
      await expectSoon(() => source.has(ours, from));
      await appendAll(writer, ours.grow(2));
      await expectSoon(() => source.has(ours, from));
    });

    test('a page that does not follow is answered with where the log stands, and leaves no hole', async () => {
      const before = ours.head;
      const beyond = await writer.append(ours.grow(4).page(before.seq + 2));
      expect(beyond.cursor).toEqual(before);
      await appendAll(writer, ours);
      const source = new Collector(() => [followed(ours)]);
      await follow(source);
      await expectSoon(() => source.has(ours));
    });

    test('appending the same again changes nothing for a reader, by the same process or a new one', async () => {
      const before = ours.head.seq;
      await appendAll(writer, ours.grow(3));
      expect((await writer.append(ours.page(before))).cursor).toEqual(ours.head);
      const restarted = await bench.open(WRITER);
      open.push(restarted);
      expect((await restarted.append(ours.page(before))).cursor).toEqual(ours.head);
      await appendAll(restarted, ours.grow(1));
      const source = new Collector(() => [followed(ours, before)]);
      await follow(source);
      await expectSoon(() => source.has(ours, before));
      for (const page of source.pages)
        for (const [index, event] of page.events.entries()) expect(event.bytes).toBe(ours.events[page.from + index]!.bytes);
    });

    test('a page that is not taken comes again, and the next one not before', async () => {
      const before = ours.head.seq;
      await appendAll(writer, ours.grow(600));
      const refused: number[] = [];
      const source = new Collector(() => [followed(ours, before)]);
      source.refuse = (page) => page.events.length > 0 && refused.push(page.from) <= 3;
      await follow(source);
      await expectSoon(() => source.has(ours, before));
      expect(refused.slice(0, 4)).toEqual([before, before, before, before]);
    });

    test('a feed whose page is held does not hold the others', async () => {
      await appendAll(other, theirs.grow(2));
      const gate = Promise.withResolvers<void>();
      const source = new Collector(() => [followed(ours), followed(theirs)]);
      source.hold = (page) => (page.origin === WRITER && page.events.length > 0 ? gate.promise : undefined);
      await follow(source);
      await expectSoon(() => source.has(theirs));
      await appendAll(other, theirs.grow(3));
      await expectSoon(() => source.has(theirs));
      expect(source.of(WRITER).size).toBe(0);
      gate.resolve();
      await expectSoon(() => source.has(ours));
    });

    test('an append without events tells where the head is', async () => {
      await writer.append(ours.page(ours.head.seq, 0));
      const source = new Collector(() => [followed(ours, ours.head.seq)]);
      await follow(source);
      await expectSoon(() => source.heads.some(({ origin, headSeq }) => origin === WRITER && headSeq === ours.head.seq));
    });

    test('a foreign feed cannot be written', async () => {
      const before = theirs.head.seq;
      const forged = new TestFeed(bench.signer(OTHER)).grow(0);
      forged.events.push(...theirs.events);
      forged.positions.push(...theirs.positions.slice(1));
      forged.grow(1);
      await expect(writer.append(forged.page(before))).rejects.toHaveProperty('code');
      await appendAll(other, theirs.grow(1));
      const source = new Collector(() => [followed(theirs)]);
      await follow(source);
      await expectSoon(() => source.has(theirs));
    });

    test('a view that is not for the reader gives nothing, and does not hold the others', async () => {
      const secret = new TestFeed(bench.signer(WRITER), 'up').grow(3);
      await appendAll(writer, secret);
      await appendAll(other, theirs.grow(1));
      const before = theirs.head.seq - 1;
      const source = new Collector(() => [followed(secret), followed(theirs, before)]);
      await follow(source);
      await expectSoon(() => source.has(theirs, before));
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(source.pages.filter((page) => page.view === 'up')).toEqual([]);
    });

    test('closing ends it within 2 s, whatever it is doing', async () => {
      const source = new Collector(() => [followed(ours)]);
      source.hold = () => new Promise<void>((resolve) => setTimeout(resolve, 500));
      const log = await bench.open(READER);
      const following = log.follow(source, new AbortController().signal);
      await expectSoon(() => log.health().isAlive);
      const startedAt = performance.now();
      await log.close();
      await following;
      expect(performance.now() - startedAt).toBeLessThan(2_500);
    });
  });
}
