import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { Wire } from './records.ts';

export interface LogRecord extends Wire {
  incarnation: string | null;
}
export interface Topic {
  records: LogRecord[];
  /** Records before this offset are past retention. */
  start: number;
  /** For the oracles: acknowledged records were lost and the writer has not begun a new life yet. */
  hasLost: boolean;
  /** For the oracles: what was written since that loss without the writer hearing of it; offsets do not tell it from what was lost. */
  inDoubt: Set<number>;
}
export interface Weather {
  failed: number;
  inDoubt: number;
}
/** `baseOffset`: of the first record; later than asked for where older ones are gone. */
type Fetched = { records: LogRecord[]; baseOffset: number; endOffset: number } | 'out of range' | 'failed';

/** Topics on simulated brokers, as a client sees them: appends may be lost, or land without anybody hearing of it. */
export interface Broker {
  topic(name: string): Topic;
  isUp: boolean;
  weather: Weather;
  /** Nodes that cannot reach the brokers. */
  cutOff: Set<string>;
  end(name: string, asker: string, answer: (endOffset: number | 'failed') => void): void;
  append(name: string, asker: string, records: LogRecord[], answer: (ack: { baseOffset: number } | 'failed') => void): void;
  /** Waits up to a second for something after `offset`. */
  fetch(name: string, asker: string, offset: number, answer: (fetched: Fetched) => void): void;
  /** Drops the newest records: all of them where the topic is wiped or made anew. */
  cut(name: string, records: number): void;
  /** Drops the oldest records. */
  expire(name: string, records: number): void;
  /** Somebody else writes into the topic. */
  intrude(name: string, record: LogRecord): void;
}

const MAX_WAIT_MS = 1_000;
const FETCHED = 9;
const TIMEOUT_MS = 3_000;

export function createBroker({ timeline, random }: { timeline: Timeline; random: Random }): Broker {
  const topics = new Map<string, Topic>();
  const waiting = new Map<string, Set<() => void>>();
  const reaches = (asker: string) => broker.isUp && !broker.cutOff.has(asker);

  /** There and back; `failed` at once where nobody listens, after a timeout where nobody answers. */
  function ask<A>(asker: string, work: (reply: (answer: A) => void) => void, answer: (answer: A | 'failed') => void): void {
    const travel = (action: () => void) => timeline.in(random.between(1, 15), action);
    if (!reaches(asker)) return timeline.in(broker.cutOff.has(asker) ? TIMEOUT_MS : random.between(1, 15), () => answer('failed'));
    travel(() => {
      if (!reaches(asker)) return answer('failed');
      work((reply) => travel(() => answer(reaches(asker) ? reply : 'failed')));
    });
  }

  function wake(name: string): void {
    const woken = [...(waiting.get(name) ?? [])];
    waiting.delete(name);
    for (const action of woken) action();
  }

  const broker: Broker = {
    topic(name) {
      const topic = topics.get(name) ?? { records: [], start: 0, hasLost: false, inDoubt: new Set() };
      topics.set(name, topic);
      return topic;
    },
    isUp: true,
    weather: { failed: 0, inDoubt: 0 },
    cutOff: new Set(),
    end: (name, asker, answer) => ask<number>(asker, (reply) => reply(broker.topic(name).records.length), answer),
    append(name, asker, records, answer) {
      const { failed, inDoubt } = broker.weather;
      ask<{ baseOffset: number } | 'failed'>(
        asker,
        (reply) => {
          if (random.chance(failed)) return reply('failed');
          const topic = broker.topic(name);
          const baseOffset = topic.records.length;
          topic.records.push(...records);
          if (topic.hasLost) topic.inDoubt.add(baseOffset);
          wake(name);
          reply(random.chance(inDoubt) ? 'failed' : { baseOffset });
        },
        answer,
      );
    },
    fetch(name, asker, offset, answer) {
      ask<Fetched>(
        asker,
        (reply) => {
          const look = () => {
            const { records, start } = broker.topic(name);
            if (offset > records.length) return reply('out of range');
            const baseOffset = Math.max(offset, start);
            reply({ records: records.slice(baseOffset, baseOffset + FETCHED), baseOffset, endOffset: records.length });
          };
          if (broker.topic(name).records.length !== offset) return look();
          const waiters = waiting.get(name) ?? new Set();
          waiting.set(name, waiters.add(look));
          timeline.in(MAX_WAIT_MS, () => {
            if (waiting.get(name)?.delete(look)) look();
          });
        },
        answer,
      );
    },
    cut(name, records) {
      const topic = broker.topic(name);
      if (records === 0 || topic.records.length === 0) return;
      topic.records.splice(-records);
      topic.start = Math.min(topic.start, topic.records.length);
      topic.hasLost = true;
      wake(name);
    },
    expire(name, records) {
      const topic = broker.topic(name);
      topic.start = Math.min(topic.records.length, topic.start + records);
    },
    intrude(name, record) {
      const topic = broker.topic(name);
      topic.records.push(record);
      if (topic.hasLost) topic.inDoubt.add(-topic.records.length);
      wake(name);
    },
  };
  return broker;
}
