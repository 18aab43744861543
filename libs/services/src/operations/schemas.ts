import { TraceStep } from '@xiangjing/federation';
import { Kind, RecordId, z } from '@xiangjing/scenario-sdk';

const Adcode = z.string();
const Counts = z.record(Kind, z.number().int());
/** Texts for people are Chinese; what was thrown in English stays behind them. */
const Detail = z.string().default('').meta({ description: 'the same as it was thrown, in English; empty where nothing was' });
const Remedy = z.string().default('').meta({ description: 'what to do' });
const Trouble = z.object({ code: z.string(), text: z.string(), at: z.iso.datetime(), remedy: Remedy, detail: Detail });
/** By which way events travel: topics of the brokers, or pages over HTTPS. */
export const RoadName = z.enum(['kafka', 'https']);
export const FeedStatus = z.object({
  origin: Adcode,
  view: z.string(),
  direction: z.enum(['out', 'in', 'relay']),
  epoch: z.number().int(),
  seq: z
    .number()
    .int()
    .meta({ description: 'out: last acknowledged by the province (own head where nobody acknowledges); in, relay: the cursor' }),
  headSeq: z.number().int(),
  lag: z.number().int().meta({ description: 'headSeq − seq' }),
  heardAt: z.iso.datetime().nullable(),
  appliedAt: z.iso.datetime().nullable(),
  halted: z.object({ code: z.string(), reason: z.string(), at: z.iso.datetime(), remedy: Remedy, detail: Detail }).nullable(),
  lastError: Trouble.nullable(),
  road: RoadName.nullable().meta({
    description: 'by which the feed last moved; null where nothing of it has moved yet, or nobody reads it',
  }),
  isRead: z.boolean().default(true).meta({ description: 'out: false for a view that no node of the registry reads, such as public' }),
  roads: z
    .object({ kafka: z.number().int(), https: z.number().int() })
    .meta({ description: 'in, relay: events received by each road; out: none, see log' }),
  degraded: z
    .object({ reason: z.string(), at: z.iso.datetime(), remedy: Remedy, detail: Detail })
    .nullable()
    .meta({ description: 'since when it waits for events that neither road has brought; the reason is for those who watch' }),
  lastRefusal: z
    .object({ at: z.iso.datetime(), code: z.string(), message: z.string(), remedy: z.string(), detail: Detail })
    .nullable()
    .meta({ description: 'the newest of this feed; for those who watch' }),
  log: z
    .object({
      seq: z.number().int(),
      headSeq: z.number().int(),
      lag: z.number().int(),
      ackedAt: z.iso.datetime().nullable(),
      lastError: Trouble.nullable(),
    })
    .nullable()
    .meta({ description: 'out: how far the brokers acknowledged it; null where it was never in Kafka' }),
});
export const NodeStatus = z.object({
  adcode: Adcode,
  nameZh: z.string(),
  state: z
    .enum(['self', 'current', 'late', 'silent', 'unjoined'])
    .meta({ description: 'late: over a minute; silent: over an hour; unjoined: not in the registry' }),
  heardAt: z.iso.datetime().nullable(),
  contentAsOf: z.iso.datetime().nullable(),
  pending: z.number().int().nullable().meta({ description: 'events known to be missing; null if unknown' }),
  replicas: Counts,
  refused: z.number().int().meta({ description: 'in the last 3 days' }),
  quarantined: z.number().int(),
  release: z.string().nullable().meta({ description: 'as it says of itself; null if it never did' }),
  wireGeneration: z.number().int().nullable(),
});
export const Refusal = z.object({
  at: z.iso.datetime(),
  peer: z.string().nullable(),
  origin: z.string().nullable(),
  view: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  detail: Detail,
});
export const FeedDigest = z.object({
  origin: Adcode,
  view: z.string(),
  side: z.enum(['sent', 'received']),
  epoch: z.number().int(),
  seq: z.number().int(),
  root: z.string(),
  count: z.number().int(),
});
export const Comparison = z.object({
  origin: Adcode,
  view: z.string(),
  at: z.iso.datetime(),
  equal: z.boolean(),
  repaired: z.number().int(),
  unknown: z.number().int().meta({ description: 'held here, and not named by the origin; told, never deleted' }),
});
export const Repair = z.object({
  at: z.iso.datetime(),
  origin: Adcode,
  view: z.string(),
  recordId: z.string(),
  rev: z.number().int(),
  outcome: z.enum(['restored', 'replaced', 'refused', 'not-sent-by-origin']),
  reason: z.string().nullable(),
  detail: Detail,
});
export const KafkaStatus = z.object({
  configured: z.boolean(),
  state: z
    .enum(['off', 'ok', 'failing'])
    .meta({ description: 'failing: the brokers did not take the last that this node had for them, or do not let it read' }),
  ackedAt: z.iso.datetime().nullable().meta({ description: 'when the brokers last acknowledged an event of this node' }),
  reason: Trouble.nullable().meta({ description: 'why it is failing; for those who watch' }),
  feeds: z.object({ kafka: z.number().int(), https: z.number().int() }).meta({ description: 'feeds by the road they last moved by' }),
});
export const FederationStatus = z
  .object({
    node: z.object({ adcode: Adcode, nameZh: z.string(), release: z.string(), wireGeneration: z.number().int() }),
    asOf: z.iso.datetime(),
    detailed: z.boolean().meta({
      description: 'refusals, reasons, errors and comparisons are in it: all for those who watch this node, its own for another node',
    }),
    own: Counts.meta({ description: 'all own records' }),
    federated: Counts.meta({ description: 'own records in a view' }),
    nodes: z.array(NodeStatus),
    feeds: z.array(FeedStatus),
    digests: z.array(FeedDigest),
    kafka: KafkaStatus,
    comparisons: z.array(Comparison).meta({ description: 'the newest of each feed; for those who watch' }),
    repairs: z.array(Repair).meta({ description: 'the newest 20; for those who watch' }),
    refusals: z.array(Refusal).meta({ description: 'the newest 20' }),
    blocked: z.array(
      z.object({
        recordId: z.string(),
        view: z.string(),
        code: z.string(),
        reason: z.string(),
        remedy: Remedy,
        detail: Detail,
        at: z.iso.datetime(),
      }),
    ),
    unclassified: z.number().int().meta({ description: 'own records sealed only because nobody classified them' }),
    appliedToday: z.number().int(),
    outbox: z.number().int().meta({ description: 'intents not yet through egress' }),
    requestsReceived: z.number().int().meta({ description: 'federation requests received by this process since its start' }),
  })
  .meta({ id: 'FederationStatus' });
export type FederationStatus = z.infer<typeof FederationStatus>;

export const TraceInput = z.strictObject({ id: RecordId });
export type TraceInput = z.input<typeof TraceInput>;
export const JourneyStep = TraceStep.extend({
  elapsedMs: z.number().int().nullable().meta({ description: 'since the commit of its revision at home' }),
});
export const RecordJourney = z
  .object({
    recordId: z.string(),
    steps: z.array(JourneyStep).meta({ description: 'by revision, and within one in the order of the journey; ids, times and codes only' }),
    province: z
      .enum(['answered', 'has-nothing', 'unreachable', 'not-asked'])
      .meta({ description: 'what the province said of its half; not-asked: this node is the province' }),
    fault: z.object({ code: z.string(), message: z.string(), remedy: z.string(), detail: Detail }).nullable(),
  })
  .meta({ id: 'RecordJourney' });
export type RecordJourney = z.infer<typeof RecordJourney>;

export const ComparisonAsked = z
  .object({
    askedAt: z.iso.datetime(),
    feeds: z
      .array(z.object({ origin: Adcode, view: z.string() }))
      .meta({ description: 'each is done when its comparison in the status is newer than askedAt' }),
  })
  .meta({ id: 'ComparisonAsked' });
export type ComparisonAsked = z.infer<typeof ComparisonAsked>;
