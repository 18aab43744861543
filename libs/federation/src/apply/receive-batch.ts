import type { FeedPosition } from '../core/feed.ts';
import { receive } from '../core/receive.ts';
import type { IncomingPage } from '../event-log.ts';
import { FEED_REMEDIES, type FeedFaultCode } from '../watching/refusals.ts';
import type { PeerCursor } from './peer-cursor.ts';
import type { JudgedBatch } from './verify-batch.ts';

/** What one road brought of one feed, at most 500 events: one batch is one transaction. */
export type ArrivedBatch = IncomingPage;
export interface FeedFaultAnswer {
  code: FeedFaultCode;
  message: string;
  remedy: string;
}
export interface ApplyOutcome {
  cursor: FeedPosition;
  applied: number;
  /** Set when the feed stands still: what is wrong with what follows the cursor. */
  fault: FeedFaultAnswer | null;
}
export interface ReceivedBatch {
  decisions: ('apply' | 'drop')[];
  cursor: FeedPosition;
  fault: FeedFaultAnswer | null;
}

/** What of a batch follows the cursor, and what stops the feed: its place in the feed first, then the chain, then signature and source. */
export function receiveBatch(before: PeerCursor, batch: ArrivedBatch, judged: JudgedBatch): ReceivedBatch {
  const { cursor, halted } = before;
  const stop = (code: FeedFaultCode, reason: string) => ({
    code,
    message: `${batch.origin}/${batch.view}: ${reason}`,
    remedy: FEED_REMEDIES[code],
  });
  if (halted === 'EQUIVOCATION') return { decisions: [], cursor, fault: stop(halted, 'stopped until its operators have settled it') };
  if (batch.epoch !== cursor.epoch || batch.from > cursor.seq)
    return { decisions: [], cursor, fault: stop('SEQUENCE_GAP', `the cursor stands at ${cursor.epoch}/${cursor.seq}`) };
  if (batch.from === cursor.seq && batch.prev !== null && batch.prev !== cursor.digest)
    return { decisions: [], cursor, fault: stop('EQUIVOCATION', `another event under number ${cursor.seq} is held here`) };
  const { decisions, cursor: moved, fault } = receive(cursor, judged.events);
  if (fault) return { decisions, cursor: moved, fault: stop(fault.code, `event ${batch.from + 1 + fault.index}`) };
  if (judged.fault)
    return {
      decisions,
      cursor: moved,
      fault: stop(judged.fault.code, `event ${batch.from + 1 + judged.events.length}: ${judged.fault.reason}`),
    };
  return { decisions, cursor: moved, fault: null };
}
