import type { FeedPosition } from './core/feed.ts';
import type { FeedCursor, Want, WireEvent } from './wire.ts';

/** What carries a feed's signed bytes from node to node. The same stored bytes go by both. */
export type Road = 'kafka' | 'https';

/** What follows `from` in one own feed, as the feed table holds it. No events: only "the origin is there". */
export interface OutgoingPage {
  origin: string;
  view: string;
  epoch: number;
  from: number;
  prev: string;
  events: readonly WireEvent[];
  head: FeedPosition;
  traceparent?: string | undefined;
}

export interface AppendAnswer {
  /** How far the log holds this feed now: the writer goes on from here, forwards or back. */
  cursor: FeedPosition;
  /** What the receiving node told along, where the road leads to it directly. */
  receiver: { cursor: FeedPosition; readsLog: boolean; want: Want | null } | null;
}

/** Where a page stands in the log; kept as a hint for the next reading. */
export interface LogMark {
  incarnation: string;
  /** The offset after the page's last record. */
  nextOffset: number;
}

export interface IncomingPage {
  road: Road;
  origin: string;
  view: string;
  epoch: number;
  /** The sequence number before the first event; events follow each other without a hole. */
  from: number;
  /** Digest at `from`, where the road knows it. */
  prev: string | null;
  events: readonly WireEvent[];
  headSeq: number | null;
  heardAt: Date;
  /** Who handed it over: the province's node, or the origin by the log. */
  peer: string;
  mark: LogMark | null;
}

/** A record of the log that is no event of its feed, or not a good one: told to the operator, never in the way. */
export interface SetAside {
  origin: string;
  view: string;
  offset: number;
  code: string;
  reason: string;
}

/** What a road says of a feed besides its events: the origin's heartbeat, as it came or as the province passed it on. */
export interface HeardHead {
  origin: string;
  view: string;
  headSeq: number;
  heardAt: Date;
  /** What the origin says of itself; older nodes say nothing. */
  node: { release: string; wireGeneration: number } | null;
}

export interface FollowSource {
  /** Feeds to follow and where each stands; asked again whenever a reading begins. `events`: false asks for heads only. */
  feeds(): Promise<readonly FollowedFeed[]>;
  /**
   * One page of one feed; without events it only says where reading goes on. The next of that feed comes after this resolved; if
   * it rejects, the same page comes again. Answers where the feed stands now: what a page claims of itself is not known to be true.
   */
  take(page: IncomingPage): Promise<FeedStand | undefined>;
  /** Heads of feeds, whether or not they brought events. */
  heard(heads: readonly HeardHead[]): Promise<void>;
  setAside(record: SetAside): Promise<void>;
}
export type FeedStand = Pick<FeedPosition, 'epoch' | 'seq'>;
export interface FollowedFeed {
  cursor: FeedCursor;
  mark: LogMark | null;
  events: boolean;
}

export interface RoadHealth {
  /** Progress within the last 15 s: something sent or fetched, or an answer that there is nothing. */
  isAlive: boolean;
  lastProgressAt: Date | null;
  lastError: { code: string; message: string; remedy: string; at: Date } | null;
  /** Feeds this road cannot carry now, although it is alive: their topic is not there, or not for this node. */
  missing?: readonly { origin: string; view: string }[];
}

/**
 * Where feeds are written to and read from. Every implementation passes `testing/event-log-suite.ts`:
 * - what was appended arrives complete, in order and byte for byte, at least once after any cursor;
 * - an append that fails left nothing or all of its page; appending the same again changes nothing for a reader;
 * - a reader gets the next page of a feed only after it took the one before; feeds do not wait for each other;
 * - a view that is not the reader's own gives nothing; a foreign feed cannot be written.
 */
export interface EventLog {
  readonly road: Road;
  append(page: OutgoingPage, signal?: AbortSignal): Promise<AppendAnswer>;
  /** Another process of this node may have written this view: where the log stands is looked up before the next append. */
  forget(view: string): void;
  /** Follows until the signal; faults of the road are mended inside and told by `health`. */
  follow(source: FollowSource, signal: AbortSignal): Promise<void>;
  health(): RoadHealth;
  /** Ends within 2 s, whatever the other side does. */
  close(): Promise<void>;
}
