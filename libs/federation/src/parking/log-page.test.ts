import { expect, test } from 'vitest';
import type { VerifiedEvent } from '../apply/verify-batch.ts';
import { digestOf, type FeedPosition } from '../core/feed.ts';
import type { IncomingPage } from '../event-log.ts';
import { notHeld, pieceAfter, soundPieces } from './log-page.ts';

const event = (text: string) => ({ bytes: Buffer.from(text).toString('base64'), signature: '' });
/** Events `from` + 1 …, each of its own bytes. */
const pageOf = (from: number, count: number): IncomingPage => ({
  road: 'kafka',
  origin: '430100',
  view: 'up',
  epoch: 1,
  from,
  prev: null,
  events: Array.from({ length: count }, (_, index) => event(`event ${from + 1 + index}`)),
  headSeq: null,
  heardAt: new Date(0),
  peer: '430100',
  mark: { incarnation: 'a', nextOffset: 9 },
});
const at = (seq: number, text = `event ${seq}`): FeedPosition => ({ epoch: 1, seq, digest: digestOf(text) });

test('what is held is passed over, unless other bytes stand under the number of the cursor', () => {
  const page = pageOf(10, 5);
  expect(notHeld(page, at(10))).toEqual(page);
  expect(notHeld(page, at(3))).toEqual(page);
  expect(notHeld(page, at(12))).toMatchObject({ from: 12, events: page.events.slice(2), mark: page.mark });
  expect(notHeld(page, at(15))).toBeNull();
  expect(notHeld(page, at(99))).toBeNull();
  expect(notHeld(page, at(12, 'another'))).toMatchObject({ from: 11, events: page.events.slice(1) });
  expect(notHeld(page, at(15, 'another'))).toMatchObject({ from: 14, events: page.events.slice(4) });
  expect(notHeld({ ...page, events: [] }, at(10))).toBeNull();
});

test('each bad event leaves a hole; reading goes on after the page only once its last piece is applied', () => {
  const page = pageOf(10, 5);
  const good = (seq: number): VerifiedEvent => ({ event: { seq } as never });
  const bad: VerifiedEvent = { fault: { code: 'SIGNATURE_INVALID', reason: 'signature malformed' } };
  const { pieces, bad: left } = soundPieces(page, [good(11), bad, good(13), good(14), bad]);
  expect(pieces.map((piece) => [piece.page.from, piece.page.events.length, piece.page.mark])).toEqual([
    [10, 1, null],
    [12, 2, null],
  ]);
  expect(pieces[1]!.events.map(({ seq }) => seq)).toEqual([13, 14]);
  expect(left.map(({ seq }) => seq)).toEqual([12, 15]);
  const whole = soundPieces(page, [bad, good(12), good(13), good(14), good(15)]).pieces;
  expect(whole).toHaveLength(1);
  expect(whole[0]!.page).toMatchObject({ from: 11, mark: page.mark, prev: null });
  expect(pieceAfter(whole[0]!, 1)).toMatchObject({ page: { from: 13, mark: page.mark }, events: [{ seq: 14 }, { seq: 15 }] });
  expect(pieceAfter(whole[0]!, 3)).toBeNull();
});
