import { cutPages } from '../pages.ts';
import { writerRoad, type WriterRoad } from '../roads.ts';
import { genesis, type FeedPosition } from '../feed.ts';
import type { Process } from './process.ts';
import type { Wire } from './records.ts';
import type { FeedRow, Store } from './store.ts';
import type { TopicWriter } from './topic-writer.ts';
import { keyOf, type FeedName } from './topology.ts';
import { PAGE, type World } from './world.ts';

export interface Push {
  feed: FeedName;
  epoch: number;
  from: number;
  events: readonly Wire[];
  head: number;
}
export interface Pushed {
  cursor: FeedPosition;
  readsLog: boolean;
}
const HEARTBEAT_MS = 10_000;

/** A city's push of one feed to the province: as heartbeat always, with events while `writerRoad` says so. */
export function createPush(
  world: World,
  process: Process,
  { feed, store, topic }: { feed: FeedName; store: Store; topic: TopicWriter | null },
) {
  const { timeline, https, witness } = world;
  const rows = store.feeds.get(keyOf(feed))!;
  let road: WriterRoad | null = null;
  let told: Pushed = { cursor: genesis(feed.origin, feed.view), readsLog: true };
  let askedMs = Number.NEGATIVE_INFINITY;
  let isBusy = false;

  function look(): void {
    const sight = { head: rows.length, logged: topic?.logged() ?? 0, received: told.cursor.seq, readerReadsLog: told.readsLog };
    const before = road;
    if (topic) road = writerRoad(road, sight, timeline.now());
    if (road?.https && !before?.https) witness.saw('take-over by HTTPS at the writer');
    const carries = !road || road.https;
    const isDue = timeline.now() - askedMs >= HEARTBEAT_MS;
    if (!isBusy && ((carries && told.cursor.seq < rows.length) || isDue)) ask(carries);
  }

  function ask(carries: boolean): void {
    isBusy = true;
    askedMs = timeline.now();
    const { epoch, seq } = told.cursor;
    const unsent = carries ? rows.slice(seq, seq + PAGE.events) : [];
    const events =
      cutPages(
        unsent.map((row) => ({ epoch: row.epoch, seq: row.seq, bytes: row.bytes.length, row })),
        PAGE,
      )[0] ?? [];
    const push: Push = { feed, epoch, from: seq, events: events.map(({ row }) => row), head: rows.length };
    https.ask(
      process.adcode,
      'push',
      push,
      process.alive((answer: unknown) => {
        isBusy = false;
        if (answer === null) return;
        told = answer as Pushed;
        const own = digestAt(told.cursor);
        if (own !== told.cursor.digest)
          witness.fail('no false alarm', `the province holds ${keyOf(feed)} ${told.cursor.seq} in another form`);
        if (carries) process.in(50, look);
      }),
    );
  }

  const digestAt = ({ seq }: FeedPosition) =>
    seq === 0 ? genesis(feed.origin, feed.view).digest : (rows[seq - 1] as FeedRow | undefined)?.digest;
  const tick = () => {
    look();
    process.in(1_000, tick);
  };
  process.in(world.random.int(1_000), tick);
  return { wake: look, isOnHttps: () => road?.https ?? true };
}
