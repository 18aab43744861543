import { cutPages } from '../pages.ts';
import { afterAck, beginLife, judgeAck, judgeTopic, type TopicLife } from '../topic-life.ts';
import type { LogRecord } from './broker.ts';
import type { Process } from './process.ts';
import { eventBytes, sign } from './records.ts';
import { headOf, type FeedRow, type Store } from './store.ts';
import { keyOf, type FeedName } from './topology.ts';
import { PAGE, type World } from './world.ts';

export interface TopicWriter {
  /** The last event that the topic acknowledged. */
  logged(): number;
  wake(): void;
}
const HEARTBEAT_MS = 30_000;

/**
 * Writes one own feed to its topic. Each client build looks where the topic ends first; each acknowledgement says where the page
 * lies; either may tell that the topic lost something, and then a new life begins at event 1. After any failure the client is
 * thrown away, and what was in doubt is sent again.
 */
export function createTopicWriter(world: World, process: Process, feed: FeedName, store: Store): TopicWriter {
  const { broker, timeline, random, witness } = world;
  const name = keyOf(feed);
  const rows = store.feeds.get(name)!;
  let isBusy = true;
  let lastSentMs = timeline.now();
  let life: TopicLife | null = null;

  function connect(): void {
    isBusy = true;
    broker.end(
      name,
      process.adcode,
      process.alive((endOffset) => {
        if (endOffset === 'failed') return process.in(random.between(500, 2_000), connect);
        const held = store.lives.get(name) ?? null;
        const isSame = judgeTopic(held, { endOffset }) === 'same' || (held && world.mutant === 'incarnation ignored');
        if (!held || !isSame) return begin(endOffset);
        life = held;
        step();
      }),
    );
  }

  function begin(endOffset: number): void {
    const begun = beginLife({ incarnation: `life ${random.int(2 ** 30)}`, epoch: 1, endOffset });
    witness.saw('new life of a topic');
    witness.note(() => `${name}: a new life of the topic, after ${endOffset} records: ${begun.incarnation}`);
    save(begun, () => {
      const topic = broker.topic(name);
      if (topic.records.length < endOffset) return;
      topic.hasLost = false;
      topic.inDoubt.clear();
    });
  }

  function save(next: TopicLife, alongside: () => void): void {
    process.commit(
      () => {
        store.lives.set(name, next);
        alongside();
      },
      () => {
        life = next;
        step();
      },
    );
  }

  function step(): void {
    isBusy = true;
    const page = cutPages(rows.slice(life!.seq, life!.seq + PAGE.events).map(sized), PAGE)[0];
    if (page)
      return send(
        page.map(({ row }) => ({ ...row, incarnation: life!.incarnation })),
        page.at(-1)!.seq,
      );
    if (timeline.now() - lastSentMs >= HEARTBEAT_MS) return send([heartbeat()], life!.seq);
    isBusy = false;
  }

  function send(records: LogRecord[], seq: number): void {
    lastSentMs = timeline.now();
    broker.append(
      name,
      process.adcode,
      records,
      process.alive((ack) => {
        if (ack === 'failed') return process.in(random.between(500, 2_000), connect);
        const { baseOffset } = ack;
        const count = records.length;
        if (judgeAck(life, ack) === 'lost' && world.mutant !== 'incarnation ignored') return begin(baseOffset + count);
        save(afterAck(life!, { seq, baseOffset, count }), () => broker.topic(name).inDoubt.delete(baseOffset));
      }),
    );
  }

  function heartbeat(): LogRecord {
    const { epoch, seq, digest } = headOf(feed, rows);
    const bytes = eventBytes({ ...feed, epoch, seq, prev: digest, record: 'heartbeat', rev: 0, content: null, isHeartbeat: true });
    return { bytes, signature: sign(feed.origin, bytes), incarnation: life!.incarnation };
  }

  const tick = () => {
    if (!isBusy) step();
    process.in(1_000, tick);
  };
  connect();
  process.in(1_000, tick);
  return {
    logged: () => life?.seq ?? 0,
    wake() {
      if (!isBusy) step();
    },
  };
}

const sized = (row: FeedRow) => ({ epoch: row.epoch, seq: row.seq, bytes: row.bytes.length, row });
