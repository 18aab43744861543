import { digestOf } from '../feed.ts';
import { degraded, emptyParking, offer, type ParkablePage } from '../parking.ts';
import { receive, type Arrived } from '../receive.ts';
import { isRelayed } from '../../views.ts';
import { createQueue, type Process } from './process.ts';
import { readEvent, sign, type SimEvent, type Wire } from './records.ts';
import type { Inbox } from './store.ts';
import { keyOf, type FeedName } from './topology.ts';
import { PAGE, PARKED, type World } from './world.ts';

export interface Page extends ParkablePage {
  events: readonly Wire[];
  road: 'log' | 'https';
  mark: Inbox['mark'];
}
export interface Intake {
  /** Takes a page by whatever road; one at a time. */
  take(page: Page, done: () => void): void;
  hasGap(): boolean;
  isDegraded(): boolean;
}
interface Judged extends Arrived {
  event: SimEvent;
  wire: Wire;
}

/** What is wrong with an event before its place in the chain is looked at. */
export function faultOf(feed: FeedName, { bytes, signature }: Wire): string | null {
  if (signature !== sign(feed.origin, bytes)) return 'SIGNATURE_INVALID';
  const { origin, view } = readEvent(bytes);
  return origin === feed.origin && view === feed.view ? null : 'SOURCE_MISMATCH';
}

/** What a node does with pages of one feed: parks what lies beyond a hole, applies what follows, with the cursor, in one transaction. */
export function createIntake(world: World, process: Process, feed: FeedName, inbox: Inbox): Intake {
  const { timeline, witness, mutant } = world;
  const queue = createQueue();
  let parking = emptyParking<Page>();

  function take(page: Page, done: () => void): void {
    const isBeyond = page.from > inbox.cursor.seq;
    const isGood = (wire: Wire) => faultOf(feed, wire) === null;
    const bad = isBeyond && mutant !== 'parked unverified' ? page.events.findIndex((wire) => !isGood(wire)) : -1;
    if (bad >= 0) return take({ ...page, events: page.events.slice(0, bad) }, () => setAside(page, bad, done));
    const offered = offer(parking, inbox.cursor, page, PARKED);
    if (offered.overflow) witness.saw('parking overflow');
    else if (offered.parking.pages.length > parking.pages.length) witness.saw('page parked');
    ({ parking } = offered);
    const parked = parking.pages.reduce((total, { events }) => total + events.length, 0);
    if (page.events.length > PAGE.events) witness.fail('queues are bounded', `a page of ${page.events.length}`);
    if (parked > PARKED.events || queue.length() > 8) witness.fail('queues are bounded', `${parked} parked, ${queue.length()} waiting`);
    applyAll(offered.apply, done);
  }

  /** One that fails leaves the next beyond a hole: that is parked again. */
  function applyAll([page, ...others]: readonly Page[], done: () => void): void {
    if (!page) return done();
    const goOn = () => applyAll(others, done);
    if (page.from > inbox.cursor.seq) take(page, goOn);
    else apply(page, goOn);
  }

  /** A bad record of a topic is no reason to lose those behind it. */
  function setAside(page: Page, index: number, done: () => void): void {
    witness.saw('record set aside');
    const events = page.events.slice(index + 1);
    if (events.length === 0) done();
    else take({ ...page, from: page.from + index + 1, events }, done);
  }

  function apply(page: Page, done: () => void): void {
    const { judged, bad } = judge(page);
    const { decisions, cursor, fault } = receive(inbox.cursor, judged);
    const taken = judged.filter((_, i) => decisions[i] === 'apply' || (decisions[i] === 'drop' && mutant === 'no de-duplication'));
    const code = fault?.code ?? bad;
    if (taken.length < decisions.length) witness.saw('repeat dropped');
    if (fault) witness.fail('no false alarm', `${process.adcode} stops ${keyOf(feed)} at ${page.from + 1 + fault.index}: ${fault.code}`);
    if (mutant === 'cursor before commit') inbox.cursor = cursor;
    const save = () => {
      for (const { event, wire, digest } of taken) store(event, wire, digest);
      const halt = page.road === 'https' ? code : fault?.code;
      if (cursor.seq > inbox.cursor.seq || (!code && page.events.length > 0)) inbox.halted = null;
      if (halt) inbox.halted = halt;
      if (page.mark) inbox.mark = page.mark;
      inbox.cursor = cursor;
      witness.note(
        () => `${process.adcode} has ${keyOf(feed)} up to ${cursor.seq} (${page.road}, ${taken.length} new)${code ? ` ${code}` : ''}`,
      );
    };
    process.commit(save, () => {
      if (code && page.road === 'log') setAside(page, judged.length, done);
      else done();
    });
  }

  function judge(page: Page): { judged: Judged[]; bad: string | null } {
    const judged: Judged[] = [];
    for (const wire of page.events) {
      const bad = faultOf(feed, wire);
      if (bad) return { judged, bad };
      const event = readEvent(wire.bytes);
      judged.push({ epoch: event.epoch, seq: event.seq, digest: digestOf(wire.bytes), prev: event.prev, event, wire });
    }
    return { judged, bad: null };
  }

  function store(event: SimEvent, wire: Wire, digest: string): void {
    const { seq, epoch, record, rev, content } = event;
    inbox.effects.set(seq, (inbox.effects.get(seq) ?? 0) + 1);
    if (isRelayed(process.adcode, feed.view)) return void inbox.relay.push({ ...wire, epoch, seq, digest });
    const held = inbox.replicas.get(record);
    if (held && held.rev >= rev) {
      if (inbox.effects.get(seq) === 1) witness.fail('rev only rises', `${keyOf(feed)} ${seq}: ${record} from ${held.rev} to ${rev}`);
      return;
    }
    inbox.replicas.set(record, { rev, digest, content });
  }

  return {
    take: (page, done) =>
      queue.add((end) =>
        take(page, () => {
          end();
          done();
        }),
      ),
    hasGap: () => parking.pages.length > 0,
    isDegraded: () => degraded(parking, timeline.now()),
  };
}
