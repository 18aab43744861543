import { createHash } from 'node:crypto';

/** Where a feed stands: the last event numbered or applied, and the digest of its bytes. */
export interface FeedPosition {
  epoch: number;
  seq: number;
  digest: string;
}

export const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Deterministic, so that a re-send is the same event. */
export const eventId = (origin: string, view: string, epoch: number, seq: number): string => `${origin}/${view}/${epoch}/${seq}`;

/** The position before the first event: its digest binds the chain to this origin, view and epoch. */
export const genesis = (origin: string, view: string, epoch = 1): FeedPosition => ({
  epoch,
  seq: 0,
  digest: digestOf(`xiangjing feed ${eventId(origin, view, epoch, 0)}`),
});

export interface Appended {
  position: FeedPosition;
  prev: string;
  bytes: Buffer;
}

/** Numbers one event: the next sequence number, chained to the event before, which `build` writes into the bytes. */
export function append(head: FeedPosition, build: (at: { epoch: number; seq: number; prev: string }) => Buffer): Appended {
  const at = { epoch: head.epoch, seq: head.seq + 1, prev: head.digest };
  const bytes = build(at);
  return { position: { epoch: at.epoch, seq: at.seq, digest: digestOf(bytes) }, prev: at.prev, bytes };
}
