import type { EventLog } from '../event-log.ts';
import { createFeedReader, type FeedReaderOptions } from './feed-reader.ts';
import { createLogFollower } from './log-follower.ts';

export interface LogReaderOptions extends FeedReaderOptions {
  kafka: EventLog;
}
export interface LogReader {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For the answer to a push: the feed comes by the log, and nothing of it is missing. */
  readsLog(feed: { origin: string; view: string }): boolean;
}

/** The province's reading of `up` and `peer` of all cities from their topics, beside what they push. */
export function createLogReader(options: LogReaderOptions): LogReader {
  const reader = createFeedReader(options);
  const follower = createLogFollower(options, { reader, kafka: options.kafka });
  return {
    async start() {
      follower.start();
    },
    stop: () => follower.stop(),
    readsLog: (feed) => reader.readsLog(feed),
  };
}
