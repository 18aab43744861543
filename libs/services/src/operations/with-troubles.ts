import type { Troubles } from '@xiangjing/federation';
import { brokerReason } from './broker-reason.ts';
import type { FederationStatus } from './schemas.ts';

type Feed = FederationStatus['feeds'][number];

/** The public status with what it leaves out: refusals, blocked events, comparisons, and why a feed stands still or waits. */
export function withTroubles(status: FederationStatus, troubles: Troubles): FederationStatus {
  return {
    ...status,
    detailed: true,
    kafka: { ...status.kafka, reason: brokerReason(status.kafka, troubles) },
    feeds: status.feeds.map((feed) => troubledFeed(feed, troubles)),
    refusals: troubles.refusals.map(dated),
    blocked: troubles.blocked.map(dated),
    comparisons: troubles.comparisons.map(dated),
    repairs: troubles.repairs.map(dated),
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
      ? failures.filter(({ view }) => view === feed.view).map(({ code, text, at }) => dated({ code, text, at }))[0]
      : undefined;
  const refused = lastRefusals.find(isThis);
  return {
    ...feed,
    halted: feed.halted && { ...feed.halted, reason: halted.find(isThis)?.reason ?? feed.halted.reason },
    degraded: feed.degraded && { ...feed.degraded, reason: degraded.find(isThis)?.reason ?? feed.degraded.reason },
    lastError: ownFailure(failed) ?? feed.lastError,
    lastRefusal: refused ? dated({ at: refused.at, code: refused.code, message: refused.message, remedy: refused.remedy }) : null,
    log: feed.log && { ...feed.log, lastError: ownFailure(unlogged) ?? feed.log.lastError },
  };
}

const dated = <Row extends { at: Date }>(row: Row): Omit<Row, 'at'> & { at: string } => ({ ...row, at: row.at.toISOString() });
