import { notify, type Queryable } from '@xiangjing/db';
import type { View } from '@xiangjing/scenario-sdk';
import { columns } from '../columns.ts';
import { genesis, type FeedPosition } from '../core/feed.ts';
import { ownViews } from '../views.ts';
import { readCurrentRecords, type CurrentRecord } from './current-record.ts';
import { readFacts, type FactRow } from './read-facts.ts';

export interface Intent {
  id: string;
  seq: number;
  record_id: string;
  rev: number;
  event: string;
  body: { factId?: string };
  traceparent: string | null;
}
export interface FeedRow {
  view: View;
  position: FeedPosition;
  recordId: string;
  rev: number;
  type: string;
  bytes: Buffer;
  prev: string;
  signature: string;
}
export interface SentRow {
  view: View;
  recordId: string;
  rev: number;
  state: 'live' | 'retracted';
  contentDigest: string;
  digest: string;
}
export interface Block {
  intentId: string;
  view: View;
  recordId: string;
  code: string;
  reason: string;
}

/** All that one transaction of the egress worker reads and writes: loaded first, decided on in memory, saved at the end. */
export interface EgressBatch {
  records: Map<string, CurrentRecord>;
  facts: Map<string, FactRow>;
  heads: Map<View, FeedPosition>;
  sent: Map<string, SentRow>;
  /** Keys of (view, record) with a blocked event. */
  blocked: Set<string>;
  rows: FeedRow[];
  changedSent: Map<string, SentRow>;
  blocks: Block[];
  cleared: { view: View; recordId: string }[];
}

export const keyOf = (view: string, recordId: string): string => `${view} ${recordId}`;

interface Known {
  heads: (FeedPosition & { view: View })[];
  sent: SentRow[];
  blocked: { view: View; recordId: string }[];
}
const KNOWN = `
  select (select coalesce(jsonb_agg(jsonb_build_object('view', view, 'epoch', epoch, 'seq', seq, 'digest', digest)), '[]') from feed_head) as heads,
    (select coalesce(jsonb_agg(jsonb_build_object('view', view, 'recordId', record_id, 'rev', rev, 'state', state,
       'contentDigest', content_digest, 'digest', digest)), '[]') from projection_sent where record_id = any ($1)) as sent,
    (select coalesce(jsonb_agg(jsonb_build_object('view', view, 'recordId', record_id)), '[]') from egress_block where record_id = any ($1)) as blocked`;

export async function loadBatch(client: Queryable, adcode: string, intents: readonly Intent[]): Promise<EgressBatch> {
  const recordIds = [...new Set(intents.map((intent) => intent.record_id))];
  const facts = await readFacts(client, adcode, intents);
  const subjects = [...recordIds, ...[...facts.values()].map((fact) => fact.subject)];
  const records = await readCurrentRecords(client, recordIds);
  const { rows } = await client.query<Known>(KNOWN, [subjects]);
  const { heads, sent, blocked } = rows[0]!;
  return {
    records,
    facts,
    heads: new Map([
      ...ownViews(adcode).map((view) => [view, genesis(adcode, view)] as const),
      ...heads.map(({ view, ...position }) => [view, position] as const),
    ]),
    sent: new Map(sent.map((row) => [keyOf(row.view, row.recordId), row])),
    blocked: new Set(blocked.map((row) => keyOf(row.view, row.recordId))),
    rows: [],
    changedSent: new Map(),
    blocks: [],
    cleared: [],
  };
}

/** Feed rows, heads, what was sent and what is blocked: in the transaction that moves the cursor. */
export async function saveBatch(client: Queryable, batch: EgressBatch): Promise<void> {
  await clearBlocks(client, batch);
  await insertBlocks(client, batch.blocks);
  if (batch.rows.length === 0) return;
  await client.query(SAVE, [
    ...columns(batch.rows, ({ view, position, recordId, rev, type, bytes, prev, signature }) => {
      return [view, position.epoch, position.seq, recordId, rev, type, bytes, position.digest, prev, signature];
    }),
    ...columns([...batch.changedSent.values()], (s) => [s.view, s.recordId, s.rev, s.state, s.contentDigest, s.digest]),
    ...columns([...batch.heads], ([view, head]) => [view, head.epoch, head.seq, head.digest]),
  ]);
  await notify(client, 'xiangjing_feed');
}

const SAVE = `
  with event as (
    insert into feed (view, epoch, seq, record_id, rev, type, bytes, digest, prev_digest, signature)
    select * from unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::bytea[], $8::text[], $9::text[], $10::text[])
  ), sent as (
    insert into projection_sent (view, record_id, rev, state, content_digest, digest)
    select * from unnest($11::text[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[])
    on conflict (view, record_id) do update
      set rev = excluded.rev, state = excluded.state, content_digest = excluded.content_digest, digest = excluded.digest
  )
  insert into feed_head (view, epoch, seq, digest)
  select * from unnest($17::text[], $18::int[], $19::bigint[], $20::text[]) as h(view, epoch, seq, digest) where h.seq > 0
  on conflict (view) do update set epoch = excluded.epoch, seq = excluded.seq, digest = excluded.digest`;

async function clearBlocks(client: Queryable, { cleared }: EgressBatch): Promise<void> {
  if (cleared.length === 0) return;
  await client.query(
    `delete from egress_block b using unnest($1::text[], $2::text[]) as c(view, record_id) where b.view = c.view and b.record_id = c.record_id`,
    columns(cleared, (c) => [c.view, c.recordId]),
  );
}

async function insertBlocks(client: Queryable, blocks: readonly Block[]): Promise<void> {
  if (blocks.length === 0) return;
  await client.query(
    `insert into egress_block (intent_id, view, record_id, code, reason)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) on conflict (intent_id, view) do nothing`,
    columns(blocks, (b) => [b.intentId, b.view, b.recordId, b.code, b.reason]),
  );
}

/** Adds an event to its feed within this batch, and notes what the view now holds. */
export function addRow(batch: EgressBatch, row: FeedRow, state: SentRow['state'], contentDigest: string): void {
  const { view, recordId, rev, position } = row;
  const now: SentRow = { view, recordId, rev, state, contentDigest, digest: position.digest };
  batch.rows.push(row);
  batch.heads.set(view, position);
  batch.sent.set(keyOf(view, recordId), now);
  batch.changedSent.set(keyOf(view, recordId), now);
}
