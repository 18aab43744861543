import { cutPages } from '../pages.ts';
import { beginReading, meet, reachedEnd, type ReaderState } from '../topic-reader.ts';
import type { LogRecord } from './broker.ts';
import { faultOf, type Intake, type Page } from './intake.ts';
import type { Process } from './process.ts';
import { readEvent, type SimEvent, type Wire } from './records.ts';
import type { Inbox } from './store.ts';
import { keyOf, type FeedName } from './topology.ts';
import { PAGE, type World } from './world.ts';

interface Usable {
  epoch: number;
  seq: number;
  bytes: number;
  record: string;
  wire: Wire;
  mark: Inbox['mark'];
}
const ALIVE_MS = 15_000;

/** Follows one topic from the mark kept with the cursor; a client that fails is built anew. Whether the log is alive. */
export function followTopic(world: World, process: Process, { feed, inbox, intake }: { feed: FeedName; inbox: Inbox; intake: Intake }) {
  const { broker, timeline, random, witness, mutant } = world;
  const name = keyOf(feed);
  let state: ReaderState;
  let offset = 0;
  let logged = 0;
  let fetchedMs = Number.NEGATIVE_INFINITY;
  let seen = new Set<string>();

  function connect(): void {
    broker.end(
      name,
      process.adcode,
      process.alive((endOffset) => {
        if (endOffset === 'failed') return process.in(random.between(500, 2_000), connect);
        ({ state, offset } = beginReading(inbox.mark, { endOffset }));
        seen = new Set();
        fetch();
      }),
    );
  }

  function fetch(): void {
    broker.fetch(
      name,
      process.adcode,
      offset,
      process.alive((fetched) => {
        if (fetched === 'failed' || fetched === 'out of range') return process.in(random.between(500, 2_000), connect);
        fetchedMs = timeline.now();
        offset = fetched.baseOffset;
        const { usable, isRewound } = read(fetched.records);
        offset = isRewound ? 0 : offset + fetched.records.length;
        takeAll(cutPages(usable, PAGE), () => {
          if (!isRewound && offset >= fetched.endOffset) atEnd();
          fetch();
        });
      }),
    );
  }

  function read(records: readonly LogRecord[]): { usable: Usable[]; isRewound: boolean } {
    const usable: Usable[] = [];
    for (const [index, wire] of records.entries()) {
      const met = meet(state, wire);
      const isIgnored = mutant === 'incarnation ignored' && met.do === 'rewind';
      if (!isIgnored) state = met.state;
      if (met.do === 'rewind' && !isIgnored) {
        witness.saw('topic read again from its start');
        witness.note(() => `${process.adcode} reads ${name} again from its start: ${wire.incarnation}`);
        seen = new Set();
        return { usable, isRewound: true };
      }
      const event = met.do === 'set-aside' ? null : readable(wire);
      if (!event) witness.saw('record set aside');
      else if (event.isHeartbeat) hear(event, wire);
      else {
        const { epoch, seq, record } = event;
        const mark = { incarnation: wire.incarnation!, nextOffset: offset + index + 1 };
        usable.push({ epoch, seq, record, bytes: wire.bytes.length, wire, mark });
      }
    }
    return { usable, isRewound: false };
  }

  /** The event where its bytes can be read and belong to this topic; signatures are looked at later. */
  function readable({ bytes }: Wire): SimEvent | null {
    try {
      const event = readEvent(bytes);
      return event.origin === feed.origin && event.view === feed.view ? event : null;
    } catch {
      return null;
    }
  }

  function hear(event: SimEvent, wire: Wire): void {
    if (faultOf(feed, wire) !== null) return;
    inbox.head = Math.max(inbox.head, event.seq);
    logged = Math.max(logged, event.seq);
  }

  function takeAll([page, ...others]: Usable[][], done: () => void): void {
    if (!page) return done();
    for (const { record } of page) seen.add(record);
    logged = Math.max(logged, page.at(-1)!.seq);
    intake.take(pageOf(page, timeline.now()), () => takeAll(others, done));
  }

  function atEnd(): void {
    const isWhole = state.fromStart;
    state = reachedEnd(state);
    if (mutant !== 'absence is deletion' || !isWhole) return;
    for (const record of inbox.replicas.keys()) if (!seen.has(record)) inbox.replicas.delete(record);
  }

  connect();
  return { isAlive: () => timeline.now() - fetchedMs < ALIVE_MS, logged: () => logged };
}

const pageOf = (records: readonly Usable[], atMs: number): Page => ({
  epoch: records[0]!.epoch,
  from: records[0]!.seq - 1,
  events: records.map(({ wire }) => wire),
  bytes: records.reduce((total, { bytes }) => total + bytes, 0),
  atMs,
  road: 'log',
  mark: records.at(-1)!.mark,
});
