import type pg from 'pg';
import type { PageEvent } from './feed-pages.ts';

/** The plain way to write such events: one `unnest` upsert a page into one table, nothing read, checked or listed. */
export const YARDSTICK_TABLE = `create table yardstick (record_id text primary key, seq bigint not null, rev bigint not null, type text not null,
  bytes bytea not null, digest text not null, received_at timestamptz not null default now())`;

const UPSERT = `insert into yardstick (record_id, seq, rev, type, bytes, digest)
  select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bytea[], $6::text[])
  on conflict (record_id) do update
    set seq = excluded.seq, rev = excluded.rev, type = excluded.type, bytes = excluded.bytes, digest = excluded.digest, received_at = now()
    where excluded.rev > yardstick.rev`;

export async function upsertPage(client: pg.PoolClient, page: readonly PageEvent[]): Promise<void> {
  const column = <T>(read: (event: PageEvent) => T): T[] => page.map(read);
  await client.query(UPSERT, [
    column((e) => e.recordId),
    column((e) => e.seq),
    column((e) => e.rev),
    column((e) => e.type),
    column((e) => e.bytes),
    column((e) => e.digest),
  ]);
}
