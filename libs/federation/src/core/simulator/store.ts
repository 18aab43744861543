import type { Sent } from '../emission.ts';
import { genesis, type FeedPosition } from '../feed.ts';
import type { TopicLife } from '../topic-life.ts';
import type { Content, SimRecord, Wire } from './records.ts';
import { feedsReadBy, keyOf, ownFeeds, type FeedName } from './topology.ts';

export interface FeedRow extends Wire, FeedPosition {
  prev: string;
  record: string;
  rev: number;
  isLive: boolean;
}
/** What a reader holds of a record: its newest event. `content` is null for a retraction. */
export interface Replica {
  rev: number;
  digest: string;
  content: Content | null;
}
export interface Inbox {
  cursor: FeedPosition;
  /** The origin's head, as last heard. */
  head: number;
  mark: { incarnation: string; nextOffset: number } | null;
  /** How often each event took effect. */
  effects: Map<number, number>;
  replicas: Map<string, Replica>;
  /** At the province: the bytes of a feed that passes through. */
  relay: (Wire & FeedPosition)[];
  halted: string | null;
}

/** What a node's database holds: it survives the process. */
export interface Store {
  records: Map<string, SimRecord>;
  /** Records changed, in commit order. */
  intents: string[];
  egressCursor: number;
  feeds: Map<string, FeedRow[]>;
  sent: Map<string, NonNullable<Sent>>;
  blocked: Map<string, { feed: FeedName; record: string }>;
  lives: Map<string, TopicLife>;
  inboxes: Map<string, Inbox>;
}

export const createStore = (adcode: string): Store => ({
  records: new Map(),
  intents: [],
  egressCursor: 0,
  feeds: new Map(ownFeeds(adcode).map((feed) => [keyOf(feed), []])),
  sent: new Map(),
  blocked: new Map(),
  lives: new Map(),
  inboxes: new Map(feedsReadBy(adcode).map((feed) => [keyOf(feed), emptyInbox(feed)])),
});

const emptyInbox = ({ origin, view }: FeedName): Inbox => ({
  cursor: genesis(origin, view),
  head: 0,
  mark: null,
  effects: new Map(),
  replicas: new Map(),
  relay: [],
  halted: null,
});

export const headOf = (feed: FeedName, rows: readonly FeedPosition[]): FeedPosition => {
  const { epoch, seq, digest } = rows.at(-1) ?? genesis(feed.origin, feed.view);
  return { epoch, seq, digest };
};
