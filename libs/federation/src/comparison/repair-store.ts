import type { Queryable } from '@xiangjing/db';
import type { JudgedEvent } from '../apply/judge-event.ts';
import { bytesRow, insertFacts, PUT_BYTES } from '../apply/store-events.ts';
import { prepareRows, storeReplicas, type ReplicaContext } from '../apply/store-replicas.ts';
import { columns } from '../columns.ts';

/** Puts the newest events of records back: the bytes as signed, then all that is read from them. */
export async function storeMended(client: Queryable, context: ReplicaContext, events: readonly JudgedEvent[]): Promise<void> {
  const { origin, view, now } = context;
  await client.query(PUT_BYTES, [origin, view, now, ...columns(events, bytesRow)]);
  await storeReplicas(client, context, events, prepareRows(context, events));
  await insertFacts(client, context, events);
  await keepFirstDay(client, context, events);
}

/** A list row that was lost took the day of first publication with it; the inbox knows when the record was first received. */
async function keepFirstDay(client: Queryable, { origin }: ReplicaContext, events: readonly JudgedEvent[]): Promise<void> {
  const ids = events.flatMap(({ content, subject }) => (content.is === 'upserted' ? [subject] : []));
  if (ids.length === 0) return;
  await client.query(
    `update listed_record l set first_published_on = least(l.first_published_on, i.day)
     from (select record_id, (min(received_at) at time zone 'Asia/Shanghai')::date as day from inbox
           where origin = $1 and record_id = any ($2) and outcome = 'applied' group by record_id) i
     where l.id = i.record_id and l.origin = $1`,
    [origin, ids],
  );
}

/** Puts bytes back that pass through here. */
export async function storeCarried(
  client: Queryable,
  { origin, view, now }: ReplicaContext,
  events: readonly JudgedEvent[],
): Promise<void> {
  await client.query(
    `insert into relay (origin, view, epoch, seq, record_id, bytes, digest, signature, received_at)
     select $1, $2, e.*, $3
     from unnest($4::int[], $5::bigint[], $6::text[], $7::bytea[], $8::text[], $9::text[]) as e
     on conflict (origin, view, epoch, seq) do update
       set record_id = excluded.record_id, bytes = excluded.bytes, digest = excluded.digest, signature = excluded.signature`,
    [origin, view, now, ...columns(events, (e) => [e.epoch, e.seq, e.subject, e.bytes, e.digest, e.signature])],
  );
}
