import {
  FACT_TYPE,
  factSubject,
  join,
  labelText,
  nodeSource,
  PRESETS,
  retractedType,
  sequenceText,
  upsertedType,
  type FactData,
  type Label,
  type ProjectedDocument,
  type RetractedData,
  type View,
} from '@xiangjing/scenario-sdk';
import canonicalize from 'canonicalize';
import { eventId } from '../core/feed.ts';

/** An event but for its place in a feed. */
export interface EventContent {
  type: string;
  subject: string;
  rev: number;
  dataschema: string;
  classification: Label;
  data: ProjectedDocument | RetractedData | FactData;
}
export interface EventPlace {
  origin: string;
  view: View;
  epoch: number;
  seq: number;
  prev: string;
  time: Date;
  traceparent: string | undefined;
}

/** Version of the label policy that projections are made under. */
export const POLICY = 'base-1';

export const upsertedEvent = (doc: ProjectedDocument, domain: string): EventContent => ({
  type: upsertedType(doc.kind),
  subject: doc.id,
  rev: doc.rev,
  dataschema: `urn:xiangjing:schema:${domain}:${doc.schema}`,
  classification: Object.values(doc.labels).reduce((all, label) => join(all, label), PRESETS.pub as Label),
  data: doc,
});

export const retractedEvent = (data: RetractedData): EventContent => ({
  type: retractedType(data.kind),
  subject: data.id,
  rev: data.rev,
  dataschema: 'urn:xiangjing:schema:retracted:1',
  classification: PRESETS.pub,
  data,
});

export const factEvent = (origin: string, data: FactData): EventContent => ({
  type: FACT_TYPE,
  subject: factSubject(origin, data.factId),
  rev: 1,
  dataschema: 'urn:xiangjing:schema:fact:1',
  classification: PRESETS.pub,
  data,
});

/** The bytes that are signed, stored and sent: CloudEvents JSON with sorted keys (RFC 8785), made once and never again. */
export function eventBytes(content: EventContent, place: EventPlace): Buffer {
  const envelope = {
    specversion: '1.0',
    id: eventId(place.origin, place.view, place.epoch, place.seq),
    source: nodeSource(place.origin),
    type: content.type,
    subject: content.subject,
    time: place.time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: content.dataschema,
    sequence: sequenceText(place.seq),
    partitionkey: content.subject,
    fedview: place.view,
    fedepoch: place.epoch,
    fedversion: content.rev,
    fedpolicy: POLICY,
    fedprev: place.prev,
    dataclassification: labelText(content.classification),
    ...(place.traceparent ? { traceparent: place.traceparent } : {}),
    data: content.data,
  };
  return Buffer.from(canonicalize(envelope)!);
}
