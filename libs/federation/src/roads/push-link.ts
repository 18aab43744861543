import type { View } from '@xiangjing/scenario-sdk';
import { writerRoad, type WriterRoad } from '../core/roads.ts';
import type { AppendAnswer } from '../event-log.ts';
import { createHttpsEventLog, type HttpsEventLog } from '../https/https-event-log.ts';
import { createProvinceClient } from '../https/province-client.ts';
import { PUSHED_VIEWS } from '../views.ts';
import type { Want } from '../wire.ts';
import { createFeedWriter, type FeedWriter } from './feed-writer.ts';
import type { Link, LinkOptions } from './link.ts';
import { logWriters } from './log-publisher.ts';
import { createPushCursor } from './push-cursor.ts';
import { tellRoad } from './tell-road.ts';
import { createWriterLink } from './writer-link.ts';

export interface PushLinkOptions extends LinkOptions {
  /** Does what the province asks for of a feed; the push goes on meanwhile. */
  answerWant?(want: Want & { view: View }): Promise<void>;
}

const HEARTBEAT_MS = 10_000;
const LONGEST_PAUSE_MS = 5_000;
/** How soon HTTPS notices that the log has come to a stand. */
const CHOICE_MS = 1_000;

/**
 * A city's push of `up` and `peer` to the province: the city dials out, the province answers with its cursor. Woken by each new
 * feed row; with nothing to carry it says every ten seconds that the node is there. With a log of topics the feeds go to their
 * topics, and the push is that heartbeat alone, until log or province have stood still for 15 s before the feed's head.
 */
export function createPushLink(options: PushLinkOptions): Link {
  const { registry, clock, log, release, heartbeatMs = HEARTBEAT_MS, kafka } = options;
  const client = createProvinceClient(options);
  const https = createHttpsEventLog({ client, registry, clock, log, release });
  const toLog = kafka && logWriters({ ...options, kafka });
  const writers = PUSHED_VIEWS.map((view) => {
    const logWriter = toLog?.writers.find((writer) => writer.view === view);
    return createPusher(options, { view, https, logWriter, heartbeatMs, skewMs: () => client.skewMs() });
  });
  const pushes = { writers, road: 'https', idleMs: toLog ? CHOICE_MS : heartbeatMs / 2, longestPauseMs: LONGEST_PAUSE_MS };
  const link = createWriterLink(options, toLog ? [toLog, pushes] : [pushes]);
  return {
    ...link,
    async stop() {
      await link.stop();
      await https.close();
    },
  };
}

interface PusherParts {
  view: View;
  https: HttpsEventLog;
  /** The writer of the same feed to its topic. */
  logWriter: FeedWriter | undefined;
  heartbeatMs: number;
  skewMs: () => number;
}

function createPusher(options: PushLinkOptions, { view, https, logWriter, heartbeatMs, skewMs }: PusherParts): FeedWriter {
  const { pool, adcode, log, meter, tracer, answerWant, nowMs = () => performance.now() } = options;
  const cursor = createPushCursor(pool, { adcode, view, skewMs });
  let road: WriterRoad | null = null;
  let readerReadsLog = true;

  /** Both roads count: a head that only one writer has seen yet is a head all the same. */
  function carries(): boolean {
    if (!logWriter) return true;
    const [own, logged] = [writer.sight(), logWriter.sight()];
    const sight = { head: Math.max(own.head, logged.head), logged: logged.held, received: own.held, readerReadsLog };
    const was = road?.https ?? false;
    road = writerRoad(road, sight, nowMs());
    if (road.https !== was) tellRoad(log, { origin: adcode, view, ...sight }, road.https);
    return road.https;
  }

  async function onAnswer({ cursor: told, receiver }: AppendAnswer, events: number): Promise<void> {
    await cursor.save(told, events);
    if (!receiver) return;
    readerReadsLog = receiver.readsLog;
    if (!receiver.want || !answerWant) return;
    void answerWant({ ...receiver.want, view }).catch((err: unknown) =>
      log.warn({ err, view }, 'what the province asked for could not be answered'),
    );
  }

  const writer = createFeedWriter({
    pool,
    adcode,
    view,
    road: https,
    heartbeatMs,
    meter,
    tracer,
    readPosition: cursor.read,
    carries,
    onAnswer,
    onError: cursor.fail,
  });
  return writer;
}
