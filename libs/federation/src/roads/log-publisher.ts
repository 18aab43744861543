import type { EventLog } from '../event-log.ts';
import { loggedViews } from '../views.ts';
import { createFeedWriter, type FeedWriter } from './feed-writer.ts';
import type { Link, RunningOptions } from './link.ts';
import { createWriterLink, type WriterGroup } from './writer-link.ts';

export interface LogPublisherOptions extends RunningOptions {
  kafka: EventLog;
}

/** How often a topic hears that its origin is there: a loss at its end shows by then. */
const LOG_HEARTBEAT_MS = 30_000;
const IDLE_MS = 5_000;
/** Short, so that a broker that is ready again is used within seconds. */
const LONGEST_PAUSE_MS = 2_000;

/** Writes this node's feeds to their topics: at the province `down`; a city has its push link do it. */
export const createLogPublisher = (options: LogPublisherOptions): Link => createWriterLink(options, [logWriters(options)]);

export function logWriters({ pool, adcode, kafka, meter, tracer }: LogPublisherOptions): WriterGroup {
  const writers = loggedViews(adcode).map((view): FeedWriter =>
    createFeedWriter({ pool, adcode, view, road: kafka, heartbeatMs: LOG_HEARTBEAT_MS, meter, tracer }),
  );
  return { writers, road: 'kafka', idleMs: IDLE_MS, longestPauseMs: LONGEST_PAUSE_MS };
}
