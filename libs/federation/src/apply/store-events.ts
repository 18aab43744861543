import { notify, type Queryable } from '@xiangjing/db';
import type { FactData } from '@xiangjing/scenario-sdk';
import { columns } from '../columns.ts';
import type { Road } from '../event-log.ts';
import type { FieldsOf } from '../fields-of.ts';
import { traceIdOf } from '../watching/trace.ts';
import type { JudgedEvent } from './judge-event.ts';
import { prepareRows, storeReplicas, type PreparedRows } from './store-replicas.ts';

export type Outcome = 'applied' | 'stale' | 'quarantined' | 'unrendered' | 'relayed';
export interface StoreContext {
  origin: string;
  view: string;
  road: Road;
  fields: FieldsOf;
  now: Date;
}

/**
 * Stores events that follow the cursor: the bytes as received, then what is read from them. Of several events of one record in
 * the batch only the newest is written; the inbox names all of them.
 */
export async function storeEvents(client: Queryable, context: StoreContext, events: readonly JudgedEvent[]): Promise<Map<number, Outcome>> {
  const usable = events.filter((event) => event.content.is !== 'poison');
  const newest = new Map<string, JudgedEvent>();
  for (const event of usable) if (event.rev >= (newest.get(event.subject)?.rev ?? 0)) newest.set(event.subject, event);
  const candidates = [...newest.values()];
  const written = await storeNewest(client, context, candidates, prepareRows(context, candidates));
  await insertQuarantine(client, context, events);
  const outcomes = new Map(events.map((event) => [event.seq, outcomeOf(event, written)]));
  await insertInbox(client, context, events, outcomes);
  return outcomes;
}

/** Which records were written: those of which nothing newer was here. */
async function storeNewest(
  client: Queryable,
  context: StoreContext,
  newest: readonly JudgedEvent[],
  preparing: Promise<PreparedRows>,
): Promise<Set<string>> {
  const written = await upsertBytes(client, context, newest);
  const applied = newest.filter((event) => written.has(event.subject));
  await storeReplicas(client, context, applied, preparing);
  await insertFacts(client, context, applied);
  return written;
}

function outcomeOf(event: JudgedEvent, written: ReadonlySet<string>): Outcome {
  if (event.content.is === 'poison') return 'quarantined';
  if (event.content.is === 'unknown') return 'unrendered';
  return written.has(event.subject) ? 'applied' : 'stale';
}

/** Puts the newest signed bytes of records; $1 origin, $2 view, $3 when, $4 to $13 the columns of `bytesRow`. */
export const PUT_BYTES = `
  insert into replica_bytes (origin, view, record_id, epoch, seq, rev, type, state, reason, bytes, digest, signature, received_at)
   select $1, $2, e.record_id, e.epoch, e.seq, e.rev, e.type, e.state, e.reason, e.bytes, e.digest, e.signature, $3
   from unnest($4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::bytea[], $12::text[], $13::text[])
     as e(record_id, epoch, seq, rev, type, state, reason, bytes, digest, signature)
   on conflict (origin, view, record_id) do update
     set epoch = excluded.epoch, seq = excluded.seq, rev = excluded.rev, type = excluded.type, state = excluded.state,
         reason = excluded.reason, bytes = excluded.bytes, digest = excluded.digest, signature = excluded.signature`;

/** Newer revisions only: which records were written. */
async function upsertBytes(client: Queryable, { origin, view, now }: StoreContext, events: readonly JudgedEvent[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const { rows } = await client.query<{ record_id: string }>(
    `${PUT_BYTES}, received_at = excluded.received_at
       where excluded.rev > replica_bytes.rev
     returning record_id`,
    [origin, view, now, ...columns(events, bytesRow)],
  );
  return new Set(rows.map((row) => row.record_id));
}

export function bytesRow({ subject, epoch, seq, rev, type, content, bytes, digest, signature }: JudgedEvent): unknown[] {
  const reason = content.is === 'retracted' ? content.data.reason : null;
  return [subject, epoch, seq, rev, type, reason ? 'retracted' : 'live', reason, bytes, digest, signature];
}

export async function insertFacts(
  client: Queryable,
  { origin, now }: Pick<StoreContext, 'origin' | 'now'>,
  events: readonly JudgedEvent[],
): Promise<void> {
  const facts = events.flatMap(({ content }) => (content.is === 'fact' ? [content.data] : []));
  if (facts.length === 0) return;
  await client.query(
    `insert into replica_fact (fact_id, origin, type, root_id, sealed, occurred_on, scenario_kind, domains, region, received_at)
     select f.fact_id, $1, f.type, f.root_id, f.sealed, f.occurred_on, f.scenario_kind,
       array(select jsonb_array_elements_text(f.domains::jsonb)), f.region, $2
     from unnest($3::text[], $4::text[], $5::text[], $6::boolean[], $7::date[], $8::text[], $9::text[], $10::text[])
       as f(fact_id, type, root_id, sealed, occurred_on, scenario_kind, domains, region)
     on conflict (fact_id) do nothing`,
    [origin, now, ...columns(facts, factRow)],
  );
}

const factRow = (f: FactData): unknown[] => [
  f.factId,
  f.type,
  f.rootId,
  f.sealed,
  f.occurredOn,
  f.scenarioKind,
  JSON.stringify(f.domains),
  f.region || null,
];

async function insertQuarantine(client: Queryable, { origin, view, now }: StoreContext, events: readonly JudgedEvent[]): Promise<void> {
  const poisoned = events.flatMap((event) => (event.content.is === 'poison' ? [{ ...event, content: event.content }] : []));
  if (poisoned.length === 0) return;
  await client.query(
    `insert into quarantine (origin, view, epoch, seq, code, reason, bytes, signature, at)
     select $1, $2, e.epoch, e.seq, e.code, e.reason, e.bytes, e.signature, $3
     from unnest($4::int[], $5::bigint[], $6::text[], $7::text[], $8::bytea[], $9::text[]) as e(epoch, seq, code, reason, bytes, signature)`,
    [origin, view, now, ...columns(poisoned, (e) => [e.epoch, e.seq, e.content.code, e.content.reason, e.bytes, e.signature])],
  );
}

async function insertInbox(
  client: Queryable,
  { origin, view, road, now }: StoreContext,
  events: readonly JudgedEvent[],
  outcomes: ReadonlyMap<number, Outcome>,
): Promise<void> {
  await client.query(
    `insert into inbox (origin, view, epoch, seq, event_id, record_id, rev, outcome, code, trace_id, received_at, road)
     select $1, $2, e.*, $3, $4
     from unnest($5::int[], $6::bigint[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[]) as e`,
    [
      origin,
      view,
      now,
      road,
      ...columns(events, (e) => [
        e.epoch,
        e.seq,
        e.eventId,
        e.subject,
        e.rev,
        outcomes.get(e.seq),
        e.content.is === 'poison' ? e.content.code : null,
        traceIdOf(e.traceparent),
      ]),
    ],
  );
}

/** A feed that only passes through: the same bytes, kept for the cities that read it. */
export async function relayEvents(client: Queryable, context: StoreContext, events: readonly JudgedEvent[]): Promise<Map<number, Outcome>> {
  const { origin, view, now } = context;
  await client.query(
    `insert into relay (origin, view, epoch, seq, record_id, bytes, digest, signature, received_at)
     select $1, $2, e.*, $3
     from unnest($4::int[], $5::bigint[], $6::text[], $7::bytea[], $8::text[], $9::text[]) as e`,
    [origin, view, now, ...columns(events, (e) => [e.epoch, e.seq, e.subject, e.bytes, e.digest, e.signature])],
  );
  const outcomes = new Map(events.map((event) => [event.seq, 'relayed' as const]));
  await insertInbox(client, context, events, outcomes);
  await notify(client, 'xiangjing_relay');
  return outcomes;
}
