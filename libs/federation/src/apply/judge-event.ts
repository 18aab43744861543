import { isUtf8 } from 'node:buffer';
import { checkTier } from '@xiangjing/authorization';
import {
  Envelope,
  ENVELOPE_MAX_BYTES,
  EnvelopeAttributes,
  EVENT_TYPES,
  factSubject,
  forbiddenKeyIn,
  nodeSource,
  ProjectedDocument,
  readRecordId,
  sequenceText,
  z,
  type FactData,
  type JsonObject,
  type RetractedData,
  type View,
} from '@xiangjing/scenario-sdk';
import { digestOf, eventId } from '../core/feed.ts';
import type { Arrived } from '../core/receive.ts';
import type { FieldsOf } from '../fields-of.ts';

/** What the data of an event is, or why it is of no use here. */
export type Content =
  | { is: 'upserted'; doc: ProjectedDocument }
  | { is: 'retracted'; data: RetractedData }
  | { is: 'fact'; data: FactData }
  | { is: 'unknown' }
  | { is: 'poison'; code: string; reason: string };

export interface JudgedEvent extends Arrived {
  bytes: Buffer;
  signature: string;
  eventId: string;
  /** Of the record or fact; empty where the bytes cannot be read. */
  subject: string;
  rev: number;
  type: string;
  time: Date | null;
  traceparent: string | null;
  content: Content;
  /** The event does not belong where it came from: the feed stops before it. */
  mismatch: string | null;
}
export interface EventOrigin {
  origin: string;
  view: string;
  epoch: number;
}

/** What a parser made of JSON can only be something else by a number too large for it. */
const isFiniteJson = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return typeof value !== 'number' || Number.isFinite(value);
  return Object.values(value).every(isFiniteJson);
};
const ParsedPart = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && isFiniteJson(value),
);

/** A newer node may add to a document: what this schema does not name is kept, not refused. */
const ReceivedDocument = z.looseObject({ ...ProjectedDocument.shape, core: ParsedPart, attrs: ParsedPart });

/**
 * Reads one event whose signature verified. Where it says it belongs is compared with where it came from, which stops a replay
 * into another view; what it carries is checked against the tier of the view. Nothing thrown, no value quoted.
 */
export function judgeEvent(bytes: Buffer, signature: string, at: EventOrigin & { seq: number }, fields: FieldsOf): JudgedEvent {
  const id = eventId(at.origin, at.view, at.epoch, at.seq);
  const unread = { bytes, signature, eventId: id, epoch: at.epoch, seq: at.seq, digest: digestOf(bytes), mismatch: null };
  const blank = { ...unread, prev: null, subject: '', rev: 0, type: '', time: null, traceparent: null };
  if (bytes.length > ENVELOPE_MAX_BYTES)
    return { ...blank, content: poison('EVENT_TOO_LARGE', `${bytes.length} bytes, at most ${ENVELOPE_MAX_BYTES}`) };
  const parsed = parseJson(bytes);
  const attributes = EnvelopeAttributes.safeParse(parsed);
  if (!attributes.success) return { ...blank, content: malformed('', attributes.error) };
  if (!isPlain(attributes.data.subject + attributes.data.type))
    return { ...blank, content: poison('EVENT_MALFORMED', '/subject or /type is no plain text') };
  const { fedprev, subject, fedversion, type, time, traceparent = null } = attributes.data;
  const head = { ...unread, prev: fedprev, subject, rev: fedversion, type, time: new Date(time), traceparent };
  const mismatch = mismatchOf(attributes.data, at, id);
  return { ...head, mismatch, content: mismatch ? { is: 'unknown' } : contentOf(parsed, attributes.data, at, fields) };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return isUtf8(bytes) ? JSON.parse(bytes.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Text that the database can hold and a page can show. */
const CONTROL = /\p{Cc}/gu;
const isPlain = (text: string): boolean => text.isWellFormed() && text.search(CONTROL) === -1;

const poison = (code: string, reason: string): Content => ({
  is: 'poison',
  code,
  reason: reason.toWellFormed().replace(CONTROL, '?').slice(0, 500),
});
const malformed = (under: string, error: z.ZodError): Content => {
  const { path, code } = error.issues[0]!;
  return poison('EVENT_MALFORMED', `${under}/${path.join('/')} is not as this wire generation says (${code})`);
};

function mismatchOf(event: EnvelopeAttributes, at: EventOrigin & { seq: number }, id: string): string | null {
  const due = { source: nodeSource(at.origin), fedview: at.view, fedepoch: at.epoch, sequence: sequenceText(at.seq), id };
  const wrong = (Object.keys(due) as (keyof typeof due)[]).find((name) => event[name] !== due[name]);
  return wrong ? `its ${wrong} is not ${due[wrong]}` : null;
}

function contentOf(parsed: unknown, event: EnvelopeAttributes, at: EventOrigin, fields: FieldsOf): Content {
  if (!EVENT_TYPES.includes(event.type)) return { is: 'unknown' };
  const forbidden = forbiddenKeyIn(parsed);
  if (forbidden !== undefined) return poison('FORBIDDEN_KEY', `the key ${forbidden} is not allowed`);
  if (event.type.endsWith('.upserted.v1')) return upsertedContent(parsed, event, at, fields);
  const envelope = Envelope.safeParse(parsed);
  if (!envelope.success) return malformed('', envelope.error);
  if (envelope.data.type === 'fact.recorded.v1') {
    const { data } = envelope.data;
    return event.subject === factSubject(at.origin, data.factId)
      ? { is: 'fact', data }
      : poison('EVENT_MALFORMED', '/subject names another fact');
  }
  const data = envelope.data.data as RetractedData;
  return foreignness(data, event, at) ?? { is: 'retracted', data };
}

function upsertedContent(parsed: unknown, event: EnvelopeAttributes, at: EventOrigin, fields: FieldsOf): Content {
  const document = ReceivedDocument.safeParse((parsed as { data?: unknown }).data);
  if (!document.success) return malformed('/data', document.error);
  const doc = document.data as ProjectedDocument;
  const foreign = foreignness(doc, event, at);
  if (foreign) return foreign;
  const [issue] = checkTier(doc, at.view as View, fields(doc.kind, domainOf(doc)));
  return issue ? poison(issue.code, `/data${issue.pointer} ${issue.message}`) : { is: 'upserted', doc };
}

/** The record named must be the origin's own, and the same in all three places. */
function foreignness(data: { id: string; kind: string; rev: number }, event: EnvelopeAttributes, at: EventOrigin): Content | null {
  if (data.id !== event.subject || data.rev !== event.fedversion || !event.type.startsWith(`${data.kind}.`))
    return poison('EVENT_MALFORMED', '/data names another record, revision or kind than the envelope');
  const home = readRecordId(data.id);
  return home?.adcode === at.origin && home.kind === data.kind
    ? null
    : poison('CROSS_NODE', '/data/id is no record of this kind and origin');
}

/** The first domain decides which schema reads the attributes; a document may come without. */
export function domainOf(doc: ProjectedDocument): string {
  const { domains } = doc.core;
  return Array.isArray(domains) && typeof domains[0] === 'string' ? domains[0] : '';
}
