import type { Queryable } from '@xiangjing/db';
import type { Applier } from '../apply/applier.ts';
import { readFeeds, saveMark, type HeldFeed } from '../apply/peer-cursor.ts';
import type { ApplyOutcome } from '../apply/receive-batch.ts';
import { digestOf, type FeedPosition } from '../core/feed.ts';
import { degraded, emptyParking, offer, release, type ParkablePage, type Parking } from '../core/parking.ts';
import type { IncomingPage, LogMark } from '../event-log.ts';
import { createSerial } from '../serial.ts';
import type { WireEvent } from '../wire.ts';
import { notHeld, pieceAfter, soundPieces, type SoundPiece } from './log-page.ts';
import type { LeftOut } from './set-aside.ts';

interface ParkedPage extends ParkablePage {
  page: IncomingPage;
}
export interface ParkedFeedOptions {
  /** The apply login. */
  pool: Queryable;
  applier: Applier;
  setAside(record: LeftOut): Promise<void>;
  nowMs(): number;
}
/** One feed of another node as two roads bring it. */
export interface ParkedFeed {
  origin: string;
  view: string;
  cursor(): FeedPosition;
  mark(): LogMark | null;
  /** What was read of the cursor elsewhere; it only moves forward. */
  met(held: HeldFeed): void;
  takeFromHttps(page: IncomingPage): Promise<ApplyOutcome>;
  takeFromLog(page: IncomingPage): Promise<void>;
  /** Applies what was parked and follows the cursor by now, if other processes or the other road have moved it. */
  release(): Promise<void>;
  /** Something came that does not follow the cursor. */
  hasGap(): boolean;
  /** Why the feed is degraded: the gap has stayed open for a minute. */
  degradedReason(): string | null;
}

/**
 * 1. What the log brings again is passed over, unless its bytes differ from what is held.
 * 2. Each event is verified before anything else, so that a record which its origin did not sign neither stops the feed nor looks
 *    like a gap; it is left out and told, and its number is a hole.
 * 3. What follows the cursor is applied; what does not is parked until HTTPS has filled the hole.
 *
 * An equivocation stops the feed on either road, and any fault of what HTTPS brings does.
 */
export function createParkedFeed({ pool, applier, setAside, nowMs }: ParkedFeedOptions, start: HeldFeed): ParkedFeed {
  const { origin, view } = start;
  const serially = createSerial();
  let { cursor, mark } = start;
  let parking: Parking<ParkedPage> = emptyParking();
  /** A number right after the cursor whose record was left out. Others claim theirs without a signature, so they prove no gap. */
  let hole = 0;

  async function takeFromLog(page: IncomingPage): Promise<void> {
    if (page.epoch !== cursor.epoch)
      return setAside({
        origin,
        view,
        at: `event ${page.from + 1}`,
        code: 'SEQUENCE_GAP',
        reason: `of epoch ${page.epoch}, not ${cursor.epoch}`,
        digest: digestOfAll(page.events),
      });
    const fresh = notHeld(page, cursor);
    if (!fresh) return passOver(page);
    const { pieces, bad } = soundPieces(fresh, await applier.verify(fresh));
    for (const piece of pieces) await follow(piece);
    for (const { seq, fault } of bad) {
      if (seq === cursor.seq + 1) hole = seq;
      await setAside({ origin, view, at: `event ${seq}`, ...fault, digest: digestOfAll([fresh.events[seq - fresh.from - 1]!]) });
    }
  }

  async function passOver(page: IncomingPage): Promise<void> {
    if (!page.mark || parking.pages.length > 0) return; // what is parked would not come again after a restart
    mark = page.mark;
    await saveMark(pool, { origin, view, mark });
  }

  async function follow(piece: SoundPiece): Promise<void> {
    const item = parkable(piece.page, nowMs());
    let offered = offer(parking, cursor, item);
    if (offered.want) {
      await readAgain();
      offered = offer(parking, cursor, item);
    }
    await applyAll(offered, (next) => (next === item ? applyPiece(piece) : takeFromLog(next.page)));
  }

  async function applyAll(
    offered: { apply: ParkedPage[]; parking: Parking<ParkedPage> },
    apply: (page: ParkedPage) => Promise<void>,
  ): Promise<void> {
    const before = parking;
    parking = offered.parking;
    try {
      for (const page of offered.apply) await apply(page);
    } catch (error) {
      parking = before; // the page comes again; what was released with it would not
      throw error;
    }
  }

  async function applyPiece(piece: SoundPiece): Promise<void> {
    const outcome = await applier.take(piece.page, piece.events);
    cursor = outcome.cursor;
    if (!outcome.fault) mark = piece.page.mark ?? mark;
    if (outcome.fault?.code !== 'CHAIN_BROKEN') return;
    await setAside({
      origin,
      view,
      at: `event ${cursor.seq + 1}`,
      code: outcome.fault.code,
      reason: 'it does not follow the event before',
    });
    const rest = pieceAfter(piece, cursor.seq - piece.page.from);
    if (rest) await follow(rest);
  }

  async function readAgain(): Promise<void> {
    const [held] = await readFeeds(pool, [{ origin, view }]);
    cursor = held!.cursor;
  }

  const releaseParked = () => applyAll(release(parking, cursor), (next) => takeFromLog(next.page));

  return {
    origin,
    view,
    cursor: () => cursor,
    mark: () => mark,
    met(held) {
      if (held.cursor.epoch !== cursor.epoch || held.cursor.seq > cursor.seq) cursor = held.cursor;
    },
    takeFromHttps: (page) =>
      serially(async () => {
        const outcome = await applier.apply(page);
        cursor = outcome.cursor;
        await releaseParked();
        return outcome;
      }),
    takeFromLog: (page) => serially(() => takeFromLog(page)),
    release: () =>
      serially(async () => {
        if (parking.pages.length === 0) return;
        await readAgain();
        await releaseParked();
      }),
    hasGap: () => parking.pages.length > 0 || hole > cursor.seq,
    degradedReason: () =>
      degraded(parking, nowMs()) ? `events ${cursor.seq + 1} to ${parking.pages[0]!.from} have not come by any road` : null,
  };
}

/** Strangers may claim one number many times; each of their records is told. */
const digestOfAll = (events: readonly WireEvent[]): string =>
  digestOf(Buffer.from(events.map(({ bytes, signature }) => `${bytes} ${signature}`).join()));

function parkable(page: IncomingPage, atMs: number): ParkedPage {
  const bytes = page.events.reduce((sum, event) => sum + event.bytes.length, 0);
  return { page, epoch: page.epoch, from: page.from, events: page.events, bytes, atMs };
}
