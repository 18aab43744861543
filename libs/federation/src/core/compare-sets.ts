import type { Bucket, SetItem } from './set-digest.ts';

/** What is held of a record, and the number under which it came; null where nothing received vouches for it. */
export interface HeldItem extends SetItem {
  seq: number | null;
}
/** A part of what was sent: every item of it that was newest when the feed stood at `seq`. */
export interface SentPart {
  seq: number;
  items: readonly SetItem[];
}
export interface Compared {
  /** Ids to fetch: missing here, older here, or of other bytes. */
  wanted: string[];
  /** Held here and never sent so by the origin: told, and left alone. */
  unknown: SetItem[];
}

/** The buckets in which both sides differ. */
export function differingBuckets(sent: readonly Bucket[], held: readonly Bucket[]): number[] {
  const other = new Map(held.map((b) => [b.bucket, b]));
  const differs = sent.filter((b) => other.get(b.bucket)?.count !== b.count || other.get(b.bucket)?.sum !== b.sum).map((b) => b.bucket);
  const known = new Set(sent.map((b) => b.bucket));
  return [...differs, ...held.filter((b) => !known.has(b.bucket)).map((b) => b.bucket)].sort((a, b) => a - b);
}

/**
 * What to fetch and what to tell, of one part of the ids. The feed goes on meanwhile, and neither side waits: what was sent later
 * than the cursor comes by itself, and what came later than the list was read is missing from it rightly.
 */
export function compareItems(sent: SentPart, held: readonly HeldItem[], cursorSeq: number): Compared {
  const here = new Map(held.map((item) => [item.id, item]));
  const there = new Map(sent.items.map((item) => [item.id, item]));
  const wanted = sent.items.filter(({ id, rev, digest }) => {
    const item = here.get(id);
    return !item || item.rev < rev || (item.rev === rev && item.digest !== digest);
  });
  const unknown = held.filter(({ id, rev, seq }) => {
    const cameLater = seq !== null && seq > sent.seq && seq <= cursorSeq;
    return !cameLater && rev > (there.get(id)?.rev ?? -1);
  });
  return { wanted: wanted.map((item) => item.id), unknown: unknown.map(({ id, rev, digest }) => ({ id, rev, digest })) };
}
