import { Kind, z } from '@xiangjing/scenario-sdk';

const Adcode = z.string();
const Counts = z.record(Kind, z.number().int());
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
  halted: z.object({ code: z.string(), reason: z.string(), at: z.iso.datetime() }).nullable(),
  lastError: z.object({ code: z.string(), text: z.string(), at: z.iso.datetime() }).nullable(),
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
});
export const Refusal = z.object({
  at: z.iso.datetime(),
  peer: z.string().nullable(),
  origin: z.string().nullable(),
  view: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
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
export const FederationStatus = z
  .object({
    node: z.object({ adcode: Adcode, nameZh: z.string(), release: z.string(), wireGeneration: z.number().int() }),
    asOf: z.iso.datetime(),
    own: Counts.meta({ description: 'all own records' }),
    federated: Counts.meta({ description: 'own records in a view' }),
    nodes: z.array(NodeStatus),
    feeds: z.array(FeedStatus),
    digests: z.array(FeedDigest),
    refusals: z.array(Refusal).meta({ description: 'the newest 20' }),
    blocked: z.array(z.object({ recordId: z.string(), view: z.string(), code: z.string(), reason: z.string(), at: z.iso.datetime() })),
    unclassified: z.number().int().meta({ description: 'own records sealed only because nobody classified them' }),
    appliedToday: z.number().int(),
    outbox: z.number().int().meta({ description: 'intents not yet through egress' }),
    requestsReceived: z.number().int().meta({ description: 'federation requests received by this process since its start' }),
  })
  .meta({ id: 'FederationStatus' });
export type FederationStatus = z.infer<typeof FederationStatus>;
