/** Without progress for so long while something is missing, HTTPS carries beside the log. */
export const TAKE_OVER_MS = 15_000;

/** How far one number came, and since when it has not moved although it should. */
interface Progress {
  at: number;
  /** Null while nothing is missing. */
  stuckSinceMs: number | null;
}

function progressed(before: Progress | undefined, at: number, goal: number, nowMs: number): Progress {
  if (at >= goal) return { at, stuckSinceMs: null };
  const hasMoved = before === undefined || before.stuckSinceMs === null || at > before.at;
  return { at, stuckSinceMs: hasMoved ? nowMs : before.stuckSinceMs };
}
const isStuck = ({ stuckSinceMs }: Progress, nowMs: number): boolean => stuckSinceMs !== null && nowMs - stuckSinceMs >= TAKE_OVER_MS;

/** What a writer sees of one own feed, in sequence numbers. */
export interface WriterSight {
  head: number;
  /** Acknowledged by the log. */
  logged: number;
  /** The receiver's cursor, as last told. */
  received: number;
  /** What the receiver last told; true until it told anything. */
  readerReadsLog: boolean;
}
export interface WriterRoad {
  /** HTTPS carries this feed too. */
  https: boolean;
  logged: Progress;
  received: Progress;
}

/**
 * A writer uses the log always, and HTTPS as well when log or receiver stand still before the head, or when the receiver says
 * that it cannot read the log. Back to the log alone when that holds all and is read.
 */
export function writerRoad(previous: WriterRoad | null, sight: WriterSight, nowMs: number): WriterRoad {
  const logged = progressed(previous?.logged, sight.logged, sight.head, nowMs);
  const received = progressed(previous?.received, sight.received, sight.head, nowMs);
  const isMissing = sight.received < sight.head;
  const mustCarry = isStuck(logged, nowMs) || isStuck(received, nowMs) || (isMissing && !sight.readerReadsLog);
  const mayRest = sight.logged >= sight.head && sight.readerReadsLog;
  return { https: mustCarry || (previous?.https === true && !mayRest), logged, received };
}

/** What a reader sees of one feed. */
export interface ReaderSight {
  cursor: number;
  /** The origin's head, as last heard. */
  head: number;
  /** As the log's health says: itself the memory of 15 s. */
  isLogAlive: boolean;
  hasGap: boolean;
  /** The log has brought nothing of this feed, not even that its origin is there: that may have no brokers. */
  isUnlogged?: boolean;
}
export interface ReaderRoad {
  https: boolean;
  applied: Progress;
  /** The log has not been alive yet since then; null once it was. */
  awaitsLogSinceMs: number | null;
}

/**
 * A reader asks by HTTPS as well when its cursor stands still before the head, when the log is dead, and at once for a gap, which
 * the log will not fill, and for a feed that the log does not bring: its next event has no other road. Back to the log alone when
 * that is alive and nothing is missing. The log has 15 s to come up.
 */
export function readerRoad(previous: ReaderRoad | null, sight: ReaderSight, nowMs: number): ReaderRoad {
  const applied = progressed(previous?.applied, sight.cursor, sight.head, nowMs);
  const awaitsLogSinceMs = sight.isLogAlive ? null : previous ? previous.awaitsLogSinceMs : nowMs;
  const isLogDead = !sight.isLogAlive && (awaitsLogSinceMs === null || nowMs - awaitsLogSinceMs >= TAKE_OVER_MS);
  const mustAsk = isStuck(applied, nowMs) || isLogDead || sight.hasGap || sight.isUnlogged === true;
  const mayRest = sight.isLogAlive && sight.cursor >= sight.head;
  return { https: mustAsk || (previous?.https === true && !mayRest), applied, awaitsLogSinceMs };
}
