import { readerRoad, type ReaderRoad } from '../roads.ts';
import { createIntake, type Intake } from './intake.ts';
import type { Process } from './process.ts';
import type { Inbox } from './store.ts';
import { followTopic } from './topic-reading.ts';
import type { FeedName } from './topology.ts';
import type { World } from './world.ts';

export interface FeedReader {
  feed: FeedName;
  inbox: Inbox;
  intake: Intake;
  isOnHttps(): boolean;
}

/** Reads one feed of another node: its topic where there are brokers, and a look each second at which road is needed. */
export function createFeedReader(world: World, process: Process, feed: FeedName, inbox: Inbox): FeedReader {
  const intake = createIntake(world, process, feed, inbox);
  const log = world.hasBroker ? followTopic(world, process, { feed, inbox, intake }) : null;
  let road: ReaderRoad | null = null;
  const look = () => {
    if (!log) return;
    const sight = { cursor: inbox.cursor.seq, head: inbox.head, isLogAlive: log.isAlive(), hasGap: intake.hasGap(), logged: log.logged() };
    const before = road;
    road = readerRoad(road, sight, world.timeline.now());
    if (road.https && !before?.https) world.witness.saw('take-over by HTTPS at the reader');
    if (intake.isDegraded()) world.witness.saw('feed degraded');
    process.in(1_000, look);
  };
  look();
  return { feed, inbox, intake, isOnHttps: () => !log || (road?.https ?? false) };
}
