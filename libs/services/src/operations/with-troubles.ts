import type { Troubles } from '@xiangjing/federation';
import type { ToldText } from '@xiangjing/scenario-sdk';
import { brokerReason } from './broker-reason.ts';
import type { FederationStatus } from './schemas.ts';
import { told, toldRepair, toldWaiting } from './told.ts';

type Feed = FederationStatus['feeds'][number];

/** The public status with what it leaves out: refusals, blocked events, comparisons, and why a feed stands still or waits. */
export function withTroubles(status: FederationStatus, troubles: Troubles): FederationStatus {
  return {
    ...status,
    detailed: true,
    kafka: { ...status.kafka, reason: brokerReason(status.kafka, troubles) },
    feeds: status.feeds.map((feed) => troubledFeed(feed, troubles)),
    refusals: troubles.refusals.map((row) => dated({ ...row, ...told(row) })),
    blocked: troubles.blocked.map((row) => dated({ ...row, ...reasoned(told({ code: row.code, message: row.reason })) })),
    comparisons: troubles.comparisons.map(dated),
    repairs: troubles.repairs.map((row) => dated({ ...row, ...toldRepair(row.reason) })),
  };
}

/** What concerns the feeds of one node, for that node: its sender sees why something was not taken. */
export function concerning(troubles: Troubles, adcode: string): Troubles {
  const own = <Row extends { origin: string | null }>(rows: Row[]): Row[] => rows.filter(({ origin }) => origin === adcode);
  return {
    ...troubles,
    refusals: troubles.refusals.filter(({ origin, peer }) => (origin ?? peer) === adcode),
    lastRefusals: own(troubles.lastRefusals),
    halted: own(troubles.halted),
    degraded: own(troubles.degraded),
    comparisons: own(troubles.comparisons),
    repairs: own(troubles.repairs),
    failed: [],
    unlogged: [],
    blocked: [],
  };
}

function troubledFeed(feed: Feed, { halted, degraded, failed, unlogged, lastRefusals }: Troubles): Feed {
  const isThis = ({ origin, view }: { origin: string; view: string }) => origin === feed.origin && view === feed.view;
  const ownFailure = (failures: Troubles['failed']) =>
    feed.direction === 'out'
      ? failures.filter(({ view }) => view === feed.view).map(({ code, text, at }) => dated({ code, at, ...worded(code, text) }))[0]
      : undefined;
  const refused = lastRefusals.find(isThis);
  const stopped = halted.find(isThis);
  const waiting = degraded.find(isThis);
  return {
    ...feed,
    halted:
      feed.halted && stopped ? { ...feed.halted, ...reasoned(told({ code: feed.halted.code, message: stopped.reason })) } : feed.halted,
    degraded: feed.degraded && waiting ? { ...feed.degraded, ...reasoned(toldWaiting(waiting.reason, feed.seq)) } : feed.degraded,
    lastError: ownFailure(failed) ?? feed.lastError,
    lastRefusal: refused ? dated({ at: refused.at, code: refused.code, ...told(refused) }) : null,
    log: feed.log && { ...feed.log, lastError: ownFailure(unlogged) ?? feed.log.lastError },
  };
}

const reasoned = ({ message: reason, remedy, detail }: ToldText) => ({ reason, remedy, detail });

/** A failure is kept as one text, its remedy in it. */
function worded(code: string, text: string): { text: string; remedy: string; detail: string } {
  const { message, remedy, detail } = told({ code, message: text });
  return { text: message, remedy, detail };
}

const dated = <Row extends { at: Date }>(row: Row): Omit<Row, 'at'> & { at: string } => ({ ...row, at: row.at.toISOString() });
