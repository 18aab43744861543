import type { Queryable } from '@xiangjing/db';
import { columns } from '../columns.ts';
import type { Feed } from './feed-buckets.ts';

export interface RepairRow {
  recordId: string;
  rev: number;
  outcome: 'restored' | 'replaced' | 'refused' | 'not-sent-by-origin';
  reason: string | null;
}

/** A comparison at a level position: the newest per feed stays. */
export async function writeComparison(
  client: Queryable,
  { origin, view, epoch, seq, equal, at }: Feed & { epoch: number; seq: number; equal: boolean; at: Date },
): Promise<void> {
  await client.query(
    `insert into comparison (origin, view, at, epoch, seq, equal) values ($1, $2, $3, $4, $5, $6)
     on conflict (origin, view) do update
       set at = excluded.at, epoch = excluded.epoch, seq = excluded.seq, equal = excluded.equal, repaired = 0, unknown = 0`,
    [origin, view, at, epoch, seq, equal],
  );
}

export async function addToComparison(
  client: Queryable,
  { origin, view }: Feed,
  more: { repaired?: number; unknown?: number },
): Promise<void> {
  await client.query('update comparison set repaired = repaired + $3, unknown = unknown + $4 where origin = $1 and view = $2', [
    origin,
    view,
    more.repaired ?? 0,
    more.unknown ?? 0,
  ]);
}

/** How long after a level digest that found a difference the rest of its comparison is taken. */
const OPEN_MS = 15 * 60_000;

/** Told by the table, so that each step may meet another process. */
export async function isComparisonOpen(client: Queryable, { origin, view }: Feed, now: Date): Promise<boolean> {
  const { rows } = await client.query('select from comparison where origin = $1 and view = $2 and not equal and at > $3', [
    origin,
    view,
    new Date(now.getTime() - OPEN_MS),
  ]);
  return rows.length > 0;
}

/** Rows of what was refused of one feed in one hour; what comes on top is counted only, so that nobody can fill the table. */
const REFUSED_ROWS = 20;
const REFUSED_ROWS_MS = 3_600_000;

export interface NotedRepair extends RepairRow {
  /** It stands in the table now. */
  isWritten: boolean;
}

/** One row for each repair; what only is told (refused, never sent) once and not each hour. Those that are new. */
export async function writeRepairs(
  client: Queryable,
  { origin, view }: Feed,
  at: Date,
  rows: readonly RepairRow[],
): Promise<NotedRepair[]> {
  if (rows.length === 0) return [];
  const { rows: noted } = await client.query<NotedRepair>(
    `with fresh as (
       select e.*, row_number() over (partition by e.outcome = 'refused' order by e.n) as nth
       from unnest($4::text[], $5::bigint[], $6::text[], $7::text[]) with ordinality as e(record_id, rev, outcome, reason, n)
       where e.outcome in ('restored', 'replaced') or not exists (select from repair r where r.origin = $2 and r.view = $3
         and r.record_id = e.record_id and r.rev = e.rev and r.outcome = e.outcome and r.reason is not distinct from e.reason)
     ), due as (
       select *, outcome <> 'refused' or nth + (select count(*) from repair r where r.origin = $2 and r.view = $3
         and r.outcome = 'refused' and r.at > $8) <= $9 as is_due from fresh
     ), written as (
       insert into repair (at, origin, view, record_id, rev, outcome, reason)
       select $1, $2, $3, record_id, rev, outcome, reason from due where is_due order by n
     )
     select record_id as "recordId", rev, outcome, reason, is_due as "isWritten" from due order by n`,
    [
      at,
      origin,
      view,
      ...columns(rows, (row) => [row.recordId, row.rev, row.outcome, row.reason]),
      new Date(at.getTime() - REFUSED_ROWS_MS),
      REFUSED_ROWS,
    ],
  );
  return noted;
}
