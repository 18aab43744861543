import { z } from '@xiangjing/scenario-sdk';
import { Release, WireGeneration } from './registry/node-words.ts';

/** Bodies under /federation/v1. Within a wire generation they only grow; fields not known are ignored. */
export const PREFIX = '/federation/v1';
export const MAX_EVENTS = 500;
/** Of event bytes in one page or push; the first event goes whatever its size. */
export const PAGE_BYTES = 1024 * 1024;

const Adcode = z.string().regex(/^43\d{4}$/);
const ViewName = z.string().regex(/^[a-z][a-z0-9.-]{0,39}$/);
const Seq = z.number().int().min(0);
const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** One event as the origin signed it: its exact bytes in base64, and the detached signature over them. */
export const WireEvent = z.object({ bytes: z.string().max(400_000), signature: z.string().max(2000) });
export type WireEvent = z.infer<typeof WireEvent>;

export const Position = z.object({ epoch: z.number().int().positive(), seq: Seq, digest: Digest });

/** What a node says of itself with its heartbeats; older nodes say nothing. */
const OfNode = { release: Release.optional(), wireGeneration: WireGeneration.optional() };

/** `from` and `prev`: the cursor that the sender believes the receiver to have. No events: the heartbeat. */
export const PushRequest = z.object({
  origin: Adcode,
  view: ViewName,
  epoch: z.number().int().positive(),
  from: Seq,
  prev: Digest,
  events: z.array(WireEvent).max(MAX_EVENTS),
  head: Position,
  ...OfNode,
});
export type PushRequest = z.infer<typeof PushRequest>;

/** What the receiver asks the origin of a feed for. `digest`: to compare what was sent with what is held. */
export const Want = z.object({ digest: z.boolean().optional() });
export type Want = z.infer<typeof Want>;
/**
 * `readsLog`: the receiver follows this feed in the log of topics too, so that HTTPS may rest while the log carries. `want`: what it
 * asks the origin for. Older nodes name neither.
 */
export const PushAnswer = z.object({
  cursor: Position,
  applied: z.number().int(),
  now: z.iso.datetime(),
  registryVersion: z.number().int(),
  readsLog: z.boolean().optional(),
  want: Want.optional(),
  ...OfNode,
});
export type PushAnswer = z.infer<typeof PushAnswer>;
/** A 409: the receiver's cursor, from which the sender goes on, or the reason why the feed stands. */
export const PushConflict = z.object({ code: z.string(), detail: z.string(), remedy: z.string(), cursor: Position });

export const FeedPage = z.object({
  origin: Adcode,
  view: ViewName,
  epoch: z.number().int().positive(),
  from: Seq,
  prev: Digest,
  events: z.array(WireEvent),
});
export type FeedPage = z.infer<typeof FeedPage>;
/** `seq` and `digest`: how far the answering node can serve; `headSeq`: the origin's own head as last heard from it. */
export const FeedHead = Position.extend({ origin: Adcode, view: ViewName, headSeq: Seq, heardAt: z.iso.datetime(), ...OfNode });
export type FeedHead = z.infer<typeof FeedHead>;
export const FeedAnswer = z.object({
  pages: z.array(FeedPage),
  heads: z.array(FeedHead),
  now: z.iso.datetime(),
  registryVersion: z.number().int(),
});
export type FeedAnswer = z.infer<typeof FeedAnswer>;

export const DigestAnswer = Position.omit({ digest: true }).extend({
  origin: Adcode,
  view: ViewName,
  root: Digest,
  count: z.number().int(),
});

/** A cursor in a query: `<origin>:<view>:<epoch>:<seq>:<digest>`. */
export const CursorText = z
  .string()
  .max(200)
  .transform((text, ctx) => {
    const [origin, view, epoch, seq, digest] = text.split(':');
    const cursor = Position.extend({ origin: Adcode, view: ViewName }).safeParse({
      origin,
      view,
      epoch: Number(epoch),
      seq: Number(seq),
      digest,
    });
    if (cursor.success) return cursor.data;
    ctx.addIssue({ code: 'custom', message: 'a cursor reads <origin>:<view>:<epoch>:<seq>:<digest>' });
    return z.NEVER;
  });
export type FeedCursor = z.infer<typeof CursorText>;
export const cursorText = (c: FeedCursor): string => [c.origin, c.view, c.epoch, c.seq, c.digest].join(':');
