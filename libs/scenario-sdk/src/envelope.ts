import { z } from 'zod';
import { ProjectedDocument } from './document.ts';
import { Kind, ScenarioKind } from './kinds.ts';
import { RecordId } from './record-id.ts';
import { DomainCode } from './vocabulary.ts';

/**
 * What one node sends another: a CloudEvents 1.0 event in structured JSON, serialised once with sorted keys (RFC 8785), signed
 * over and stored as those bytes. Within a wire generation this only grows; receivers ignore attributes they do not know and
 * keep the bytes, so nothing is lost.
 */
export const WIRE_GENERATION = 1;
export const ENVELOPE_MAX_BYTES = 256 * 1024;
export const ENVELOPE_CONTENT_TYPE = 'application/json';

/** An audience that a feed is made for. A carrier can read what it carries, so no ceiling exceeds that of `up`. */
export const View = z.enum(['up', 'down', 'peer', 'public']);
export type View = z.infer<typeof View>;

/** Why a record left a view. The receiver keeps a tombstone with it. */
export const RetractReason = z.enum(['withdrawn', 'suspended', 'reopened', 'label-raised']);
export type RetractReason = z.infer<typeof RetractReason>;

export const RetractedData = z.object({ id: RecordId, kind: Kind, rev: z.number().int().positive(), reason: RetractReason });
export type RetractedData = z.infer<typeof RetractedData>;

/** A fact that a target counts. `sealed`: its record's label keeps it in the city, so root, kind and region travel empty. */
export const FactData = z
  .object({
    factId: z.uuid(),
    type: z.string().regex(/^[a-z-]+\.[a-z-]+$/),
    rootId: z.union([RecordId, z.literal('')]),
    sealed: z.boolean(),
    occurredOn: z.iso.date(),
    scenarioKind: ScenarioKind.nullable(),
    domains: z.array(DomainCode).min(1),
    region: z.string().regex(/^(43\d{4})?$/),
  })
  .refine((f) => f.sealed === (f.rootId === ''), { path: ['rootId'], message: 'a sealed fact names no root, an open one does' })
  .refine((f) => !f.sealed || (f.scenarioKind === null && f.region === ''), {
    path: ['sealed'],
    message: 'a sealed fact names neither kind nor region',
  });
export type FactData = z.infer<typeof FactData>;

export const SEQUENCE_DIGITS = 19;
export const sequenceText = (seq: number | bigint): string => String(seq).padStart(SEQUENCE_DIGITS, '0');

/** `urn:xiangjing:<adcode>`, the `source` of every event of a node. */
export const nodeSource = (adcode: string): string => `urn:xiangjing:${adcode}`;
/** The `subject` of a fact's event: it must not name the record, which may be sealed. */
export const factSubject = (adcode: string, factId: string): string => `urn:xiangjing:${adcode}:fact:${factId}`;

const attributes = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.string().regex(/^urn:xiangjing:43\d{4}$/),
  subject: z.string().min(1).max(200).meta({ description: 'record id, or the fact' }),
  time: z.iso.datetime().meta({ description: 'information only: nothing is decided on it' }),
  datacontenttype: z.literal(ENVELOPE_CONTENT_TYPE),
  dataschema: z.string().min(1).max(200).meta({ description: 'schema id with version' }),
  sequence: z.string().regex(/^\d{19}$/),
  partitionkey: z.string().min(1).max(200),
  fedview: z.string().min(1).max(40),
  fedepoch: z.number().int().positive(),
  fedversion: z.number().int().positive().meta({ description: "the record's rev; 1 for a fact" }),
  fedpolicy: z.string().min(1).max(60).meta({ description: 'version of the label policy it was projected under' }),
  fedprev: z.string().meta({ description: 'digest of the event before in this view and epoch' }),
  dataclassification: z.string().min(1).max(40).meta({ description: 'tier after projection, as labelText writes it' }),
  traceparent: z.string().max(60).optional(),
});

export type UpsertedType = `${Kind}.upserted.v1`;
export type RetractedType = `${Kind}.retracted.v1`;
export const upsertedType = (kind: Kind): UpsertedType => `${kind}.upserted.v1`;
export const retractedType = (kind: Kind): RetractedType => `${kind}.retracted.v1`;
export const FACT_TYPE = 'fact.recorded.v1';

const Upserted = attributes.extend({
  type: z.enum(['capability.upserted.v1', 'opportunity.upserted.v1', 'demonstration.upserted.v1']),
  data: ProjectedDocument,
});
const Retracted = attributes.extend({
  type: z.enum(['capability.retracted.v1', 'opportunity.retracted.v1', 'demonstration.retracted.v1']),
  data: RetractedData,
});
const Fact = attributes.extend({ type: z.literal(FACT_TYPE), data: FactData });

/** One event. Its type decides what `data` is; a type not known here is kept and not rendered: see {@link EnvelopeAttributes}. */
export const Envelope = z.discriminatedUnion('type', [Upserted, Retracted, Fact]);
export type Envelope = z.infer<typeof Envelope>;
export const EVENT_TYPES: readonly string[] = [...Upserted.shape.type.options, ...Retracted.shape.type.options, FACT_TYPE];

/** The attributes alone: read first, so that an event of an unknown type can still be ordered, stored and passed over. */
export const EnvelopeAttributes = attributes.extend({ type: z.string().min(1).max(100) });
export type EnvelopeAttributes = z.infer<typeof EnvelopeAttributes>;
