import { createHash } from 'node:crypto';
import { AUDIENCE_OF_VIEW, projectDocument } from '@xiangjing/authorization';
import type { FieldDirectory, ProjectedDocument, RecordDocument, RetractReason, View } from '@xiangjing/scenario-sdk';
import { readRecordId, withKeptAttributes } from '@xiangjing/scenario-sdk';
import canonicalize from 'canonicalize';
import type { Clock } from '../clock.ts';
import { decideEmission, type Wanted } from '../core/emission.ts';
import { append } from '../core/feed.ts';
import type { FieldsOf } from '../fields-of.ts';
import type { Signer } from '../registry/keys.ts';
import { absenceOf, type CurrentRecord } from './current-record.ts';
import { addRow, keyOf, type EgressBatch, type Intent, type SentRow } from './egress-batch.ts';
import { eventBytes, factEvent, retractedEvent, upsertedEvent, type EventContent } from './event-bytes.ts';
import type { Guard, GuardedEvent } from './guard.ts';
import { factDataOf } from './read-facts.ts';

export type Project = (
  doc: RecordDocument,
  view: View,
  using: { fields: FieldDirectory; descriptor: string | null },
) => ProjectedDocument | null;
export const projectForView: Project = (doc, view, using) => projectDocument(doc, AUDIENCE_OF_VIEW[view], using);

export interface EventMakers {
  adcode: string;
  signer: Signer;
  fields: FieldsOf;
  descriptorDigest(domain: string): string | null;
  clock: Clock;
  project: Project;
  guard: Guard;
  scan(text: string): string | null;
  /** Makes the span of one event and gives what its envelope carries on. */
  traced(intent: Intent, view: View): string | undefined;
}

/** Judges one intent for one view and adds what follows to the batch: an event, a block, or nothing. */
export function workIntent(makers: EventMakers, batch: EgressBatch, intent: Intent, view: View): void {
  if (intent.event === 'fact.recorded') workFact(makers, batch, intent, view);
  else workRecord(makers, batch, intent, view);
}

function workRecord(makers: EventMakers, batch: EgressBatch, intent: Intent, view: View): void {
  const recordId = intent.record_id;
  const current = batch.records.get(recordId);
  const key = keyOf(view, recordId);
  const made = attempt(() => wantedOf(makers, current, view));
  if (!made) return block(batch, intent, { view, recordId, code: 'GUARD_BLOCKED', reason: 'the projection failed' });
  const { wanted, doc } = made;
  switch (decideEmission(batch.sent.get(key) ?? null, wanted, batch.blocked.has(key))) {
    case 'hold':
      return block(batch, intent, { view, recordId, code: 'GUARD_BLOCKED', reason: 'waits behind a blocked event of this record' });
    case 'nothing':
      return clear(batch, view, recordId);
    case 'retract':
      clear(batch, view, recordId);
      return send(makers, batch, { intent, view, content: retraction(intent, current, wanted), state: 'retracted', contentDigest: '' });
    case 'upsert':
      return send(makers, batch, {
        intent,
        view,
        content: upsertedEvent(doc!, current!.domain),
        state: 'live',
        contentDigest: 'content' in wanted ? wanted.content : '',
        guarded: { record: current!.doc, fields: fieldsFor(makers, current!.doc, current!.domain) },
      });
  }
}

const fieldsFor = (makers: EventMakers, record: RecordDocument, domain: string): FieldDirectory =>
  withKeptAttributes(makers.fields(record.kind, domain), record.fieldLabels);

/** What the view should hold now, and the document if it should hold one. */
function wantedOf(makers: EventMakers, current: CurrentRecord | undefined, view: View): { wanted: Wanted; doc: ProjectedDocument | null } {
  const absent = absenceOf(current?.doc, view);
  if (absent || !current) return { wanted: { absent: absent ?? 'withdrawn' }, doc: null };
  const { doc: record, domain } = current;
  const doc = makers.project(record, view, { fields: fieldsFor(makers, record, domain), descriptor: makers.descriptorDigest(domain) });
  if (!doc) return { wanted: { absent: 'label-raised' }, doc: null };
  const { rev: _, ...content } = doc;
  return { wanted: { content: createHash('sha256').update(canonicalize(content)!).digest('hex') }, doc };
}

function retraction(intent: Intent, current: CurrentRecord | undefined, wanted: Wanted): EventContent {
  const kind = current?.doc.kind ?? readRecordId(intent.record_id)!.kind;
  const reason: RetractReason = 'absent' in wanted ? wanted.absent : 'withdrawn';
  return retractedEvent({ id: intent.record_id, kind, rev: current?.doc.rev ?? intent.rev, reason });
}

function workFact(makers: EventMakers, batch: EgressBatch, intent: Intent, view: View): void {
  const fact = batch.facts.get(intent.body.factId ?? '');
  if (view !== 'up' || !fact || batch.sent.has(keyOf(view, fact.subject))) return;
  const data = factDataOf(fact, batch.records.get(intent.record_id)?.doc.label);
  if (data) send(makers, batch, { intent, view, content: factEvent(makers.adcode, data), state: 'live', contentDigest: '' });
}

interface Outgoing {
  intent: Intent;
  view: View;
  content: EventContent;
  state: SentRow['state'];
  contentDigest: string;
  /** What the guard compares the event with; a retraction and a fact carry no field of a record. */
  guarded?: Pick<GuardedEvent, 'record' | 'fields'>;
}

/** Numbers, guards and signs one event. Only an event that passed moves the head, so a block leaves no hole. */
function send(makers: EventMakers, batch: EgressBatch, { intent, view, content, state, contentDigest, guarded }: Outgoing): void {
  const { adcode, clock, guard, scan, signer } = makers;
  const recordId = content.subject;
  const traceparent = makers.traced(intent, view);
  const appended = append(batch.heads.get(view)!, (at) =>
    eventBytes(content, { origin: adcode, view, ...at, time: clock.now(), traceparent }),
  );
  const { bytes, position, prev } = appended;
  const found = scan(bytes.toString('utf8'));
  const issues = guarded ? attempt(() => guard({ bytes, view, ...guarded })) : [];
  const first = issues?.[0];
  if (found) return block(batch, intent, { view, recordId, code: 'GUARD_BLOCKED', reason: `holds the protected text ${found}` });
  if (!issues) return block(batch, intent, { view, recordId, code: 'GUARD_BLOCKED', reason: 'the guard failed' });
  if (first) return block(batch, intent, { view, recordId, code: first.code, reason: `${first.pointer} ${first.message}`.trim() });
  const row = { view, position, recordId, rev: content.rev, type: content.type, bytes, prev, signature: signer.sign(bytes) };
  addRow(batch, row, state, contentDigest);
  clear(batch, view, recordId);
}

function block(batch: EgressBatch, intent: Intent, at: { view: View; recordId: string; code: string; reason: string }): void {
  batch.blocked.add(keyOf(at.view, at.recordId));
  batch.blocks.push({ intentId: intent.id, ...at });
}

function clear(batch: EgressBatch, view: View, recordId: string): void {
  if (!batch.blocked.delete(keyOf(view, recordId))) return;
  batch.cleared.push({ view, recordId });
  batch.blocks = batch.blocks.filter((b) => b.view !== view || b.recordId !== recordId);
}

/** A fault of a projection or guard must stop one event only; its text may quote the record and is dropped. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
