import type { Queryable } from '@xiangjing/db';
import { columns } from './columns.ts';
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

/** One row for each repair; what only is told (refused, never sent) once and not each hour. The rows that are new. */
export async function writeRepairs(client: Queryable, { origin, view }: Feed, at: Date, rows: readonly RepairRow[]): Promise<RepairRow[]> {
  if (rows.length === 0) return [];
  const { rows: written } = await client.query<RepairRow>(
    `insert into repair (at, origin, view, record_id, rev, outcome, reason)
     select $1, $2, $3, e.* from unnest($4::text[], $5::bigint[], $6::text[], $7::text[]) as e(record_id, rev, outcome, reason)
     where e.outcome in ('restored', 'replaced') or not exists (select from repair r where r.origin = $2 and r.view = $3
       and r.record_id = e.record_id and r.rev = e.rev and r.outcome = e.outcome and r.reason is not distinct from e.reason)
     returning record_id as "recordId", rev, outcome, reason`,
    [at, origin, view, ...columns(rows, (row) => [row.recordId, row.rev, row.outcome, row.reason])],
  );
  return written;
}
