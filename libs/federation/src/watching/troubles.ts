import type { Queryable } from '@xiangjing/db';

interface FeedName {
  origin: string;
  view: string;
}
export interface RefusalSeen {
  at: Date;
  code: string;
  message: string;
  remedy: string;
}
export interface FailureSeen {
  view: string;
  code: string;
  text: string;
  at: Date;
}
export interface RepairSeen extends FeedName {
  at: Date;
  recordId: string;
  rev: number;
  outcome: 'restored' | 'replaced' | 'refused' | 'not-sent-by-origin';
  reason: string | null;
}

export interface Troubles {
  /** The newest 20 refusals. */
  refusals: (RefusalSeen & { peer: string | null; origin: string | null; view: string | null })[];
  /** The newest refusal of each feed. */
  lastRefusals: (RefusalSeen & FeedName)[];
  /** Feeds that stand still, and why. */
  halted: (FeedName & { reason: string })[];
  /** Feeds that wait for events which neither road has brought, and why. */
  degraded: (FeedName & { reason: string })[];
  /** Pushes whose last try failed. */
  failed: FailureSeen[];
  /** Own feeds that the brokers did not take; under no view, that this node cannot read what others wrote there. */
  unlogged: FailureSeen[];
  /** The newest 20 events that the guard stopped on their way out. */
  blocked: { recordId: string; view: string; code: string; reason: string; at: Date }[];
  /** The newest comparison of each feed, and the newest 20 repairs. */
  comparisons: (FeedName & { at: Date; equal: boolean; repaired: number; unknown: number })[];
  repairs: RepairSeen[];
}

/** From feed to feed along the index, one row of each: there may be a million refusals of thirty feeds. */
export const LAST_REFUSALS = `
  with recursive newest as (
    (select origin, view, at, code, message, remedy from refusal where origin is not null and view is not null
     order by origin, view, id desc limit 1)
    union all
    select n.* from newest b cross join lateral (
      select r.origin, r.view, r.at, r.code, r.message, r.remedy from refusal r where (r.origin, r.view) > (b.origin, b.view) and r.view is not null
      order by r.origin, r.view, r.id desc limit 1) n
  ) select * from newest`;

/** What went wrong on the way in and out, for whoever runs or watches this node. `queryable`: app. */
export async function readTroubles(queryable: Queryable): Promise<Troubles> {
  const rows = async <Row>(text: string): Promise<Row[]> => (await queryable.query<Row & object>(text)).rows;
  const repairs = await rows<Omit<RepairSeen, 'rev'> & { rev: string | number }>(
    'select at, origin, view, record_id as "recordId", rev, outcome, reason from repair order by id desc limit 20',
  );
  return {
    refusals: await rows('select at, peer, origin, view, code, message, remedy from refusal order by id desc limit 20'),
    lastRefusals: await rows(LAST_REFUSALS),
    halted: await rows('select origin, view, halted_reason as reason from peer_cursor where halted_reason is not null'),
    degraded: await rows('select origin, view, degraded_reason as reason from peer_cursor where degraded_reason is not null'),
    failed: await rows(failuresIn('push_cursor')),
    unlogged: await rows(failuresIn('log_cursor')),
    blocked: await rows('select record_id as "recordId", view, code, reason, at from egress_block order by at desc limit 20'),
    comparisons: await rows('select origin, view, at, equal, repaired, unknown from comparison order by origin, view'),
    repairs: repairs.map((row) => ({ ...row, rev: Number(row.rev) })),
  };
}

const failuresIn = (table: 'push_cursor' | 'log_cursor'): string =>
  `select view, error_code as code, coalesce(error_text, '') as text, attempted_at as at from ${table}
   where error_code is not null and attempted_at is not null`;
