/** A page as far as parking needs it: the events after number `from`, their size, and when they arrived. */
export interface ParkablePage {
  epoch: number;
  from: number;
  events: readonly unknown[];
  bytes: number;
  atMs: number;
}
export interface Parking<P extends ParkablePage> {
  /** By number; none of them follows the cursor yet. */
  pages: readonly P[];
}
export interface Offered<P extends ParkablePage> {
  /** To be applied in this order; each follows the one before, or repeats. */
  apply: P[];
  parking: Parking<P>;
  /** The first hole: events after `from`, up to and including `to`. */
  want: { from: number; to: number } | null;
  /** Something was let go to keep the limits; it is fetched again once the hole is closed. */
  overflow: boolean;
}

export const PARKING_LIMITS = { events: 5_000, bytes: 32 * 1024 * 1024 };
export const DEGRADED_AFTER_MS = 60_000;

export const emptyParking = <P extends ParkablePage>(): Parking<P> => ({ pages: [] });

const endOf = (page: ParkablePage): number => page.from + page.events.length;

/**
 * What to do with a page that arrived: hand it on with all that now follows, or keep it until the hole before it is filled. Handed
 * on are also repeats, which the applier compares with what it holds, and pages of another epoch, which no filled hole would help.
 */
export function offer<P extends ParkablePage>(
  parking: Parking<P>,
  cursor: { epoch: number; seq: number },
  page: P,
  limits: { events: number; bytes: number } = PARKING_LIMITS,
): Offered<P> {
  if (page.epoch !== cursor.epoch || page.from <= cursor.seq) {
    const { apply, ...rest } = release(parking, {
      epoch: cursor.epoch,
      seq: Math.max(cursor.seq, page.epoch === cursor.epoch ? endOf(page) : 0),
    });
    return { ...rest, apply: [page, ...apply] };
  }
  const isKnown = page.events.length === 0 || parking.pages.some((held) => held.from <= page.from && endOf(page) <= endOf(held));
  if (isKnown) return release(parking, cursor);
  const before = parking.pages.filter((held) => held.from <= page.from);
  const pages = [...before, page, ...parking.pages.slice(before.length)];
  const kept = withinLimits(pages, limits);
  return { ...release({ pages: kept }, cursor), overflow: kept.length < pages.length };
}

/** After the cursor moved by another road: what is parked and does not lie beyond a hole any more. */
export function release<P extends ParkablePage>(parking: Parking<P>, cursor: { epoch: number; seq: number }): Offered<P> {
  const apply: P[] = [];
  const pages: P[] = [];
  let { seq } = cursor;
  for (const page of parking.pages.filter((parked) => parked.epoch === cursor.epoch)) {
    if (page.from > seq) pages.push(page);
    else apply.push(page);
    if (page.from <= seq) seq = Math.max(seq, endOf(page));
  }
  return { apply, parking: { pages }, want: pages[0] ? { from: seq, to: pages[0].from } : null, overflow: false };
}

/** The page behind the hole has waited for a minute: the operators are told. */
export const degraded = (parking: Parking<ParkablePage>, nowMs: number): boolean =>
  parking.pages[0] !== undefined && nowMs - parking.pages[0].atMs >= DEGRADED_AFTER_MS;

/** The pages nearest to the cursor: what lies farthest ahead is let go first. */
function withinLimits<P extends ParkablePage>(pages: readonly P[], limits: { events: number; bytes: number }): P[] {
  let [events, bytes] = [0, 0];
  const end = pages.findIndex((page) => (events += page.events.length) > limits.events || (bytes += page.bytes) > limits.bytes);
  return end < 0 ? [...pages] : pages.slice(0, end);
}
