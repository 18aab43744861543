import type { Logger } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { Kafka, Message, Producer } from 'kafkajs';
import { pauseAfter } from '../loop.ts';
import { createOutageLog } from '../watching/outage-log.ts';
import { loadKafkajs, RETRY } from './client.ts';
import { dispose, pause, withinMs } from './deadline.ts';
import { brokerFault, isTopicFault, kindOf } from './faults.ts';

export interface SupervisedProducer {
  /** Number of the present client build; rises whenever a client was thrown away. */
  generation(): number;
  /** Offset after the topic's last record. */
  endOffset(topic: string, signal?: AbortSignal): Promise<number>;
  /** Sends all or none of the records, as one batch; the offset of the first. */
  send(topic: string, messages: Message[], signal?: AbortSignal): Promise<number>;
  /** Within 2 s. */
  close(): Promise<void>;
}
export interface SupervisedOptions {
  kafka: () => Kafka;
  log: Logger;
  random: () => number;
  /** A client was thrown away, and why in one word. */
  onRestart(reason: string): void;
}

const CONNECT_MS = 10_000;
/** The pause before a build, and the build: many wait for one. */
const BUILD_MS = 15_000;
const ANSWER_MS = 15_000;
const ACK_MS = 10_000;
const GZIP_ABOVE_BYTES = 8 * 1024;
export const BACK_OFF = { first: 500, longest: 2_000 };

/**
 * A kafkajs producer that is thrown away after any error: one request in flight, one retry, then a new client with a new producer
 * id. Nothing is sent again from here; the caller goes on from what was acknowledged. A topic that is missing is no fault of the
 * client: it stays for the others.
 */
export function createSupervisedProducer({ kafka, log, random, onRestart }: SupervisedOptions): SupervisedProducer {
  const outage = createOutageLog(log, { client: 'producer' }, 'a Kafka producer failed and is made anew');
  let building: Promise<Producer> | undefined;
  let generation = 0;
  let failures = 0;
  let mayBuildAt = 0;
  let isClosed = false;

  function build(): Promise<Producer> {
    const producer = kafka().producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: loadKafkajs().Partitioners.DefaultPartitioner,
      retry: RETRY,
    });
    return connected(producer);
  }

  async function client(signal?: AbortSignal): Promise<Producer> {
    if (!building) await pause(mayBuildAt - performance.now(), signal);
    signal?.throwIfAborted();
    if (isClosed)
      throw new DomainError('BROKER_UNAVAILABLE', 'the Kafka clients of this node are closed', { remedy: 'the node is stopping' });
    building ??= build();
    return building;
  }

  function fail(error: unknown): void {
    const gone = building;
    building = undefined;
    generation += 1;
    failures += 1;
    mayBuildAt = performance.now() + pauseAfter(failures, { ...BACK_OFF, random });
    gone?.then(dispose, () => {});
    if (isClosed) return;
    onRestart(kindOf(error));
    outage.note(error);
  }

  async function using<T>(work: (producer: Producer) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const mine = generation;
    try {
      return await work(await withinMs(BUILD_MS, 'connecting to the brokers', client(signal), signal));
    } catch (error) {
      if (signal?.aborted || isTopicFault(error)) throw error;
      if (mine === generation) fail(error);
      throw brokerFault(error);
    }
  }

  return {
    generation: () => generation,
    endOffset: (topic, signal) =>
      using(async () => {
        const admin = await connected(kafka().admin({ retry: RETRY }), signal);
        try {
          const [partition] = await withinMs(ANSWER_MS, `asking for the end of ${topic}`, admin.fetchTopicOffsets(topic), signal);
          return Number(partition!.high);
        } finally {
          void dispose(admin);
        }
      }, signal),
    send: (topic, messages, signal) =>
      using(async (producer) => {
        const { CompressionTypes } = loadKafkajs();
        const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
        const compression = bytes > GZIP_ABOVE_BYTES ? CompressionTypes.GZIP : CompressionTypes.None;
        const sending = producer.send({ topic, acks: -1, timeout: ACK_MS, compression, messages });
        const [answer] = await withinMs(ANSWER_MS, `sending to ${topic}`, sending, signal);
        failures = 0;
        outage.over();
        return Number(answer!.baseOffset);
      }, signal),
    async close() {
      isClosed = true;
      await building?.then(dispose, () => {});
    },
  };
}

/** Connected in time, or let go. */
export async function connected<C extends { connect(): Promise<void>; disconnect(): Promise<void> }>(
  client: C,
  signal?: AbortSignal,
): Promise<C> {
  try {
    await withinMs(CONNECT_MS, 'connecting to the brokers', client.connect(), signal);
    return client;
  } catch (error) {
    void dispose(client);
    throw error;
  }
}
