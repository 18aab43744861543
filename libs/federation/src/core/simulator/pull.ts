import { cutPages } from '../pages.ts';
import type { FeedPosition } from '../feed.ts';
import type { Process } from './process.ts';
import type { Wire } from './records.ts';
import type { FeedReader } from './feed-reader.ts';
import type { Push, Pushed } from './push.ts';
import type { Store } from './store.ts';
import { keyOf, PROVINCE, type FeedName } from './topology.ts';
import { PAGE, type World } from './world.ts';

interface Asked {
  feed: FeedName;
  seq: number;
  /** False asks for the head alone. */
  events: boolean;
}
interface Pulled {
  feed: FeedName;
  from: number;
  events: readonly (Wire & FeedPosition)[];
  head: number;
}
const HEADS_MS = 10_000;

/** A city's pull from the province: heads always, events of the feeds for which `readerRoad` says so. */
export function startPull(world: World, process: Process, readers: readonly FeedReader[]): void {
  const { timeline, https } = world;
  let askedMs = Number.NEGATIVE_INFINITY;
  let isBusy = false;

  function look(): void {
    const asked = readers.map((reader): Asked => ({ feed: reader.feed, seq: reader.inbox.cursor.seq, events: reader.isOnHttps() }));
    const isDue = timeline.now() - askedMs >= HEADS_MS;
    if (isBusy || (!isDue && !asked.some(({ events }) => events))) return;
    isBusy = true;
    askedMs = timeline.now();
    https.ask(
      process.adcode,
      'pull',
      asked,
      process.alive((answer: unknown) => {
        if (answer === null) isBusy = false;
        else takeAll(answer as Pulled[], false);
      }),
    );
  }

  function takeAll([page, ...others]: readonly Pulled[], isMore: boolean): void {
    if (!page) {
      isBusy = false;
      if (isMore) look();
      return;
    }
    const { inbox, intake } = readers.find(({ feed }) => keyOf(feed) === keyOf(page.feed))!;
    inbox.head = Math.max(inbox.head, page.head);
    if (page.events.length === 0) return takeAll(others, isMore);
    const { from, events } = page;
    const bytes = events.reduce((total, event) => total + event.bytes.length, 0);
    const taken = { epoch: events[0]!.epoch, from, events, bytes, atMs: timeline.now(), road: 'https' as const, mark: null };
    intake.take(taken, () => takeAll(others, true));
  }

  const tick = () => {
    look();
    process.in(1_000, tick);
  };
  process.in(world.random.int(1_000), tick);
}

/** What the province answers to pushes and pulls. */
export function serveProvince(world: World, process: Process, { store, readers }: { store: Store; readers: readonly FeedReader[] }) {
  const readerOf = (feed: FeedName) => readers.find((reader) => keyOf(reader.feed) === keyOf(feed))!;
  const rowsOf = (feed: FeedName) => (feed.origin === PROVINCE ? store.feeds.get(keyOf(feed))! : readerOf(feed).inbox.relay);

  function push(body: unknown, reply: (answer: Pushed) => void): void {
    const { feed, epoch, from, events, head } = body as Push;
    const { inbox, intake, isOnHttps } = readerOf(feed);
    inbox.head = Math.max(inbox.head, head);
    const answer = () => reply({ cursor: inbox.cursor, readsLog: world.hasBroker && !isOnHttps() });
    if (events.length === 0 || from > inbox.cursor.seq) return answer();
    const bytes = events.reduce((total, event) => total + event.bytes.length, 0);
    intake.take({ epoch, from, events, bytes, atMs: world.timeline.now(), road: 'https', mark: null }, answer);
  }

  function pull(body: unknown, reply: (answer: Pulled[]) => void): void {
    const pages = (body as Asked[]).map(({ feed, seq, events }): Pulled => {
      const rows = rowsOf(feed);
      const head = feed.origin === PROVINCE ? rows.length : Math.max(rows.length, readerOf(feed).inbox.head);
      const unsent = events ? rows.slice(seq, seq + PAGE.events) : [];
      const page =
        cutPages(
          unsent.map((row) => ({ epoch: row.epoch, seq: row.seq, bytes: row.bytes.length, row })),
          PAGE,
        )[0] ?? [];
      return { feed, from: seq, events: page.map(({ row }) => row), head };
    });
    reply(pages);
  }
  return { push: process.alive(push), pull: process.alive(pull) };
}
