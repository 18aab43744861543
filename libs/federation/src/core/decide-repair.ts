/** What is here of a record before a repair. */
export interface Standing {
  /** The stored bytes; `isGenuine`: their digest and the origin's signature hold. */
  stored: { rev: number; seq: number; digest: string; isGenuine: boolean } | null;
  /** The revision shown by right of this view; 0 for none. */
  shownRev: number;
  /** The newest revision that the inbox names; 0 where it names none any more. */
  receivedRev: number;
  /** Bytes and what is read from them are in order. */
  isWhole: boolean;
}
export type RepairDecision = 'restored' | 'replaced' | 'nothing' | { refused: string };

/**
 * What an event fetched by id does to what is here. It was signed by its origin, but a carrier chose it: so it never takes a record
 * back behind what is held or was once received.
 */
export function decideRepair(
  { stored, shownRev, receivedRev, isWhole }: Standing,
  event: { rev: number; seq: number; digest: string },
): RepairDecision {
  if (Math.max(stored?.rev ?? 0, shownRev) > event.rev) return 'nothing'; // newer here: came meanwhile, or was told as unknown
  if (receivedRev > event.rev) return { refused: `revision ${receivedRev} was received before, this is ${event.rev}` };
  if (!stored || stored.rev < event.rev) return 'restored';
  if (stored.isGenuine && stored.digest === event.digest) return isWhole ? 'nothing' : 'restored';
  if (stored.isGenuine && stored.seq > event.seq) return { refused: `event ${stored.seq} of this revision is held, this is ${event.seq}` };
  return 'replaced';
}
