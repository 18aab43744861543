import type { FeedPosition } from './feed.ts';

/** An event as far as ordering needs it. `prev` is null where its bytes could not be read: then the next event vouches for it. */
export interface Arrived {
  epoch: number;
  seq: number;
  digest: string;
  prev: string | null;
}
export type FeedFault = 'SEQUENCE_GAP' | 'EQUIVOCATION' | 'CHAIN_BROKEN';
export interface Received {
  /** One for each event up to the fault. */
  decisions: ('apply' | 'drop')[];
  cursor: FeedPosition;
  /** What is wrong with the event at `index`; nothing from there on is taken. */
  fault: { code: FeedFault; index: number } | null;
}

/**
 * What a receiver does with events that arrive for one feed, in the order of arrival. The cursor only moves by one, so that a
 * loss shows as a gap, a repeat is dropped, and a number used twice for different bytes stops the feed.
 */
export function receive(cursor: FeedPosition, events: readonly Arrived[]): Received {
  const decisions: Received['decisions'] = [];
  const known = new Map([[cursor.seq, cursor.digest]]);
  let now = cursor;
  for (const [index, event] of events.entries()) {
    const code = faultOf(now, event, known);
    if (code) return { decisions, cursor: now, fault: { code, index } };
    known.set(event.seq, event.digest);
    if (event.prev !== null && !known.has(event.seq - 1)) known.set(event.seq - 1, event.prev);
    const isNew = event.seq === now.seq + 1;
    if (isNew) now = { epoch: event.epoch, seq: event.seq, digest: event.digest };
    decisions.push(isNew ? 'apply' : 'drop');
  }
  return { decisions, cursor: now, fault: null };
}

/** `known`: digests of this feed as far as seen in this batch, and at the cursor. */
function faultOf(cursor: FeedPosition, event: Arrived, known: ReadonlyMap<number, string>): FeedFault | null {
  if (event.epoch !== cursor.epoch || event.seq > cursor.seq + 1) return 'SEQUENCE_GAP';
  if (known.has(event.seq) && known.get(event.seq) !== event.digest) return 'EQUIVOCATION';
  const before = known.get(event.seq - 1);
  if (event.prev === null || before === undefined || before === event.prev) return null;
  return event.seq > cursor.seq ? 'CHAIN_BROKEN' : 'EQUIVOCATION';
}
