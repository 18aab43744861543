import type { JudgedEvent } from '../apply/judge-event.ts';
import type { EventFault, VerifiedEvent } from '../apply/verify-batch.ts';
import { digestOf, type FeedPosition } from '../core/feed.ts';
import type { IncomingPage } from '../event-log.ts';

/** Events of a page that follow each other, verified. */
export interface SoundPiece {
  page: IncomingPage;
  events: JudgedEvent[];
}
export interface BadEvent {
  seq: number;
  fault: EventFault;
}

const cut = (page: IncomingPage, start: number, end: number): IncomingPage => ({
  ...page,
  from: page.from + start,
  prev: start === 0 ? page.prev : null,
  events: page.events.slice(start, end),
  mark: end === page.events.length ? page.mark : null, // reading goes on after the whole page only
});

/**
 * What of a page is not held yet, or null. An event under the cursor's own number stays in, if its bytes are others: should its
 * origin have signed it, that is an equivocation.
 */
export function notHeld(page: IncomingPage, cursor: FeedPosition): IncomingPage | null {
  const held = Math.min(Math.max(0, cursor.seq - page.from), page.events.length);
  const last = page.events[held - 1];
  const isOther = last && page.from + held === cursor.seq && digestOf(Buffer.from(last.bytes, 'base64')) !== cursor.digest;
  const start = isOther ? held - 1 : held;
  return start === page.events.length ? null : cut(page, start, page.events.length);
}

/** A page of a log without what is not to be taken from it: each bad event leaves a hole. */
export function soundPieces(page: IncomingPage, verified: readonly VerifiedEvent[]): { pieces: SoundPiece[]; bad: BadEvent[] } {
  const pieces: SoundPiece[] = [];
  const bad: BadEvent[] = [];
  let start = 0;
  const close = (end: number) => {
    const events = verified.slice(start, end).flatMap((result) => ('event' in result ? [result.event] : []));
    if (events.length > 0) pieces.push({ page: cut(page, start, end), events });
    start = end + 1;
  };
  for (const [index, result] of verified.entries()) {
    if ('event' in result) continue;
    bad.push({ seq: page.from + index + 1, fault: result.fault });
    close(index);
  }
  close(verified.length);
  return { pieces, bad };
}

/** What follows an event at `index` of a piece that could not be taken. */
export function pieceAfter({ page, events }: SoundPiece, index: number): SoundPiece | null {
  const rest = events.slice(index + 1);
  return rest.length === 0 ? null : { page: cut(page, index + 1, page.events.length), events: rest };
}
