import { nodeSource, WIRE_GENERATION, z } from '@xiangjing/scenario-sdk';
import canonicalize from 'canonicalize';
import type { FeedPosition } from '../core/feed.ts';
import { Release, WireGeneration } from '../registry/node-words.ts';
import { signatureFault, type VerifyingKey } from '../registry/signature.ts';

export const HEARTBEAT_TYPE = 'heartbeat.v1';

/** What a node says of itself and of the head of one feed while it is there. It takes no number of the feed. */
export const HeartbeatData = z.object({
  epoch: z.number().int().positive(),
  seq: z.number().int().min(0),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  release: Release,
  wireGeneration: WireGeneration,
});
export type HeartbeatData = z.infer<typeof HeartbeatData>;

const Heartbeat = z.object({
  specversion: z.literal('1.0'),
  id: z.string().max(200),
  source: z.string(),
  type: z.literal(HEARTBEAT_TYPE),
  time: z.iso.datetime(),
  fedview: z.string(),
  data: HeartbeatData,
});

interface Feed {
  origin: string;
  view: string;
}
export const heartbeatId = ({ origin, view }: Feed, at: Date): string => `${origin}/${view}/heartbeat/${at.getTime()}`;

export function heartbeatBytes(feed: Feed, head: FeedPosition, { release, at }: { release: string; at: Date }): Buffer {
  const data: HeartbeatData = { ...pick(head), release, wireGeneration: WIRE_GENERATION };
  const envelope = {
    specversion: '1.0',
    id: heartbeatId(feed, at),
    source: nodeSource(feed.origin),
    type: HEARTBEAT_TYPE,
    subject: nodeSource(feed.origin),
    time: at.toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'urn:xiangjing:schema:heartbeat:1',
    partitionkey: nodeSource(feed.origin),
    fedview: feed.view,
    fedepoch: head.epoch,
    data,
  };
  return Buffer.from(canonicalize(envelope)!);
}
const pick = ({ epoch, seq, digest }: FeedPosition): FeedPosition => ({ epoch, seq, digest });

export type HeartbeatRead =
  { data: HeartbeatData; at: Date } | { code: 'EVENT_MALFORMED' | 'SOURCE_MISMATCH' | 'SIGNATURE_INVALID'; reason: string };

/** A heartbeat, if it is of this feed and one of its origin's keys signed these bytes. */
export async function readHeartbeat(
  feed: Feed,
  { bytes, signature, keys, now }: { bytes: Buffer; signature: string; keys: readonly VerifyingKey[]; now: Date },
): Promise<HeartbeatRead> {
  const fault = await signatureFault(bytes, signature, keys, now);
  if (fault) return { code: 'SIGNATURE_INVALID', reason: `the signature of a heartbeat ${fault}` };
  const parsed = Heartbeat.safeParse(parse(bytes));
  if (!parsed.success)
    return { code: 'EVENT_MALFORMED', reason: `a heartbeat with another shape: ${parsed.error.issues[0]?.path.join('/')}` };
  const { source, fedview, time, data } = parsed.data;
  if (source !== nodeSource(feed.origin) || fedview !== feed.view)
    return { code: 'SOURCE_MISMATCH', reason: 'a heartbeat of another feed' };
  return { data, at: new Date(time) };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
