import { setImmediate as nextTurn } from 'node:timers/promises';
import { receivedJoint } from '@xiangjing/authorization';
import { prepareListedRow, preparedRowsUpsert, type PreparedRow, type Queryable } from '@xiangjing/db';
import type { Label, ProjectedDocument, RetractedData } from '@xiangjing/scenario-sdk';
import { columns } from '../columns.ts';
import type { FieldsOf } from '../fields-of.ts';
import { RICHNESS } from '../views.ts';
import { domainOf, type JudgedEvent } from './judge-event.ts';
import { listedRowOf } from './listed-row.ts';

export interface ReplicaContext {
  origin: string;
  view: string;
  fields: FieldsOf;
  now: Date;
}

/**
 * What `replica.document` holds of a retracted record: enough to tell those who could see it that it is gone, and its date, should
 * it come back. Of a record whose label was raised nothing is kept.
 */
export interface Tombstone extends RetractedData {
  target: {
    ownerUscc: string;
    region: string;
    domains: string[];
    scenarioKind: string | null;
    label: Label;
    joint: Label;
    stage: string;
  } | null;
  firstPublishedOn: string | null;
}

/** What is here of a record besides the bytes just stored. */
interface Held {
  record_id: string;
  state: 'live' | 'retracted' | null;
  /** Read for those that are retracted now. */
  document: ProjectedDocument | Tombstone | null;
  first_published_on: string | null;
  /** The richest other view of this origin that still holds it, if this node reads several. */
  other_view: string | null;
  other_bytes: Buffer | null;
}
interface Shown {
  doc: ProjectedDocument;
  view: string;
  changedAt: Date;
}
/** List rows of documents, as far as they can be told without the database. */
export type PreparedRows = ReadonlyMap<ProjectedDocument, PreparedRow>;

const ROWS_A_TURN = 20;

/**
 * Made while the database writes bytes and replicas: words and initials of a page take about as long. A failure is told where the
 * rows are awaited, between two statements, so that none runs on after the transaction was given up.
 */
export function prepareRows(context: ReplicaContext, events: readonly JudgedEvent[]): Promise<PreparedRows> {
  const preparing = makeRows(context, events);
  preparing.catch(() => {});
  return preparing;
}

async function makeRows(context: ReplicaContext, events: readonly JudgedEvent[]): Promise<PreparedRows> {
  const rows = new Map<ProjectedDocument, PreparedRow>();
  for (const [index, { content, time }] of events.entries()) {
    if (content.is !== 'upserted') continue;
    if (index % ROWS_A_TURN === 0) await nextTurn(); // or nothing would reach the database, and no request be heard, meanwhile
    const { doc } = content;
    rows.set(doc, await prepareRow(context, { doc, changedAt: time! }));
  }
  return rows;
}

function prepareRow({ origin, fields, now }: ReplicaContext, { doc, changedAt }: Pick<Shown, 'doc' | 'changedAt'>): Promise<PreparedRow> {
  const known = fields(doc.kind, domainOf(doc));
  const firstPublishedOn = dayInHunan(changedAt);
  return prepareListedRow(listedRowOf(doc, { origin, fields: known, firstPublishedOn, changedAt, receivedAt: now }));
}

/**
 * Brings the readable replica and its list row in step with the bytes just stored. A record may be here by right of several
 * views: the richest live one is shown, and a retraction on one leaves the copy of another.
 */
export async function storeReplicas(
  client: Queryable,
  context: ReplicaContext,
  newest: readonly JudgedEvent[],
  preparing: Promise<PreparedRows>,
): Promise<void> {
  const events = newest.filter((e) => e.content.is === 'upserted' || e.content.is === 'retracted');
  if (events.length === 0) return;
  const ids = events.map((event) => event.subject);
  const retracted = events.filter((event) => event.content.is === 'retracted').map((event) => event.subject);
  const held = await readHeld(client, context, ids, retracted);
  const shown: Shown[] = [];
  const gone: RetractedData[] = [];
  for (const event of events) {
    const other = copyIn(held.get(event.subject));
    const { content } = event;
    if (content.is === 'upserted') {
      if (!other || RICHNESS.indexOf(context.view) <= RICHNESS.indexOf(other.view))
        shown.push({ doc: content.doc, view: context.view, changedAt: event.time! });
    } else if (content.is === 'retracted') {
      if (other) shown.push(other);
      else gone.push(content.data);
    }
  }
  await showRecords(client, context, { shown, held, preparing });
  await buryRecords(client, context, gone, held);
}

interface ToShow {
  shown: readonly Shown[];
  held: ReadonlyMap<string, Held>;
  preparing: Promise<PreparedRows>;
}

async function showRecords(client: Queryable, context: ReplicaContext, { shown, held, preparing }: ToShow): Promise<void> {
  if (shown.length === 0) return;
  // The document is taken from the stored bytes, inside the database: what is shown is what was received.
  await client.query(
    `insert into replica (origin, record_id, kind, rev, state, view, reason, document, received_at)
     select $1, s.record_id, b.data->>'kind', b.rev, 'live', s.view, null, b.data, $4
     from unnest($2::text[], $3::text[]) as s(record_id, view)
     cross join lateral (
       select rev, convert_from(bytes, 'UTF8')::jsonb -> 'data' as data from replica_bytes
       where origin = $1 and view = s.view and record_id = s.record_id limit 1) b
     on conflict (record_id) do update
       set kind = excluded.kind, rev = excluded.rev, state = 'live', view = excluded.view, reason = null,
           document = excluded.document, received_at = excluded.received_at`,
    [context.origin, shown.map((s) => s.doc.id), shown.map((s) => s.view), context.now],
  );
  const prepared = await preparing;
  const rows = await Promise.all(
    shown.map(async (record): Promise<PreparedRow> => {
      const row = prepared.get(record.doc) ?? (await prepareRow(context, record));
      return { ...row, firstPublishedOn: held.get(record.doc.id)?.first_published_on ?? row.firstPublishedOn };
    }),
  );
  const { text, values } = preparedRowsUpsert(rows);
  await client.query(text, values);
}

async function buryRecords(
  client: Queryable,
  context: ReplicaContext,
  gone: readonly RetractedData[],
  held: Map<string, Held>,
): Promise<void> {
  if (gone.length === 0) return;
  const stones = gone.map((data) => tombstoneOf(data, held.get(data.id)));
  await client.query(
    `insert into replica (origin, record_id, kind, rev, state, view, reason, document, received_at)
     select $1, s.record_id, s.kind, s.rev, 'retracted', $2, s.reason, s.document::jsonb, $3
     from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[]) as s(record_id, kind, rev, reason, document)
     on conflict (record_id) do update
       set kind = excluded.kind, rev = excluded.rev, state = 'retracted', view = excluded.view, reason = excluded.reason,
           document = excluded.document, received_at = excluded.received_at`,
    [context.origin, context.view, context.now, ...columns(stones, (s) => [s.id, s.kind, s.rev, s.reason, JSON.stringify(s)])],
  );
  await client.query('delete from listed_record where id = any ($1)', [gone.map((data) => data.id)]);
}

function tombstoneOf({ id, kind, rev, reason }: RetractedData, before: Held | undefined): Tombstone {
  if (!before?.document || reason === 'label-raised') return { id, kind, rev, reason, target: null, firstPublishedOn: null };
  const stone = { id, kind, rev, reason, firstPublishedOn: before.first_published_on };
  if (before.state === 'retracted') return { ...stone, target: (before.document as Tombstone).target };
  const doc = before.document as ProjectedDocument;
  const { ownerUscc = '', region = '', domains = [], scenarioKind = null } = doc.core as Partial<NonNullable<Tombstone['target']>>;
  return { ...stone, target: { ownerUscc, region, domains, scenarioKind, label: doc.label, joint: receivedJoint(doc), stage: doc.stage } };
}

/** Each record is looked up by its key, which is what `limit 1` is for: joined, PostgreSQL would read all records for each page. */
async function readHeld(
  client: Queryable,
  { origin, view }: ReplicaContext,
  ids: readonly string[],
  retracted: readonly string[],
): Promise<Map<string, Held>> {
  const otherViews = RICHNESS.filter((other) => other !== view);
  const { rows } = await client.query<Held>(
    `select e.id as record_id, r.state, case when e.id = any ($2) then r.document end as document,
       coalesce(l.first_published_on::text, r.document->>'firstPublishedOn') as first_published_on, o.view as other_view, o.bytes as other_bytes
     from unnest($1::text[]) as e(id)
     left join lateral (select state, document from replica where record_id = e.id limit 1) r on true
     left join lateral (select first_published_on from listed_record where id = e.id limit 1) l on true
     left join lateral (
       select b.view, b.bytes from replica_bytes b
       where (select exists (select from replica_bytes where origin = $3 and view = any ($4))) -- asked once: most origins have no other view here
         and b.origin = $3 and b.view = any ($4) and b.record_id = e.id and b.state = 'live' and b.type like '%.upserted.v1'
       order by array_position($4, b.view) limit 1) o on true`,
    [ids, retracted, origin, otherViews],
  );
  return new Map(rows.map((row) => [row.record_id, row]));
}

function copyIn(held: Held | undefined): Shown | null {
  if (!held?.other_view || !held.other_bytes) return null;
  const event = JSON.parse(held.other_bytes.toString('utf8')) as { time: string; data: ProjectedDocument };
  return { doc: event.data, view: held.other_view, changedAt: new Date(event.time) };
}

/** The calendar day where the records are made. */
const dayInHunan = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
