import { randomBytes } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import type { Tracer } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import { digestOf, genesis } from '../core/feed.ts';
import { afterAck, beginLife, judgeAck, judgeTopic } from '../core/topic-life.ts';
import type { AppendAnswer, OutgoingPage } from '../event-log.ts';
import type { Signer } from '../registry/keys.ts';
import { failSpan, startSpan, traceparentOf } from '../watching/trace.ts';
import { isTopicFault, topicMissing } from './faults.ts';
import { heartbeatBytes } from './heartbeat.ts';
import { topicOf } from './kafka-connection.ts';
import { recordOfHeartbeat, recordsOf } from './records.ts';
import type { Recheck } from './recheck.ts';
import type { SupervisedProducer } from './supervised-producer.ts';
import type { SentLife, TopicLives } from './topic-lives.ts';

export interface TopicWriterOptions {
  adcode: string;
  view: string;
  producer: SupervisedProducer;
  lives: TopicLives;
  signer: Signer;
  release: string;
  clock: Clock;
  tracer: Tracer;
  /** When a missing topic is looked for again. */
  recheck: Recheck;
  /** Time that passes. */
  nowMs?: () => number;
  onMissing(isMissing: boolean): void;
}
export type TopicWriter = (page: OutgoingPage, signal?: AbortSignal) => Promise<AppendAnswer>;

/**
 * Writes one own feed to its topic.
 *
 * 1. With each new client: does the topic still hold what it acknowledged (`judgeTopic`)? Fresh, wiped or cut: a new life begins.
 * 2. A page that does not follow what the topic holds is answered with where it stands, and nothing is sent.
 * 3. The page goes as one batch, whole or not at all; the acknowledged offset is judged again, because a client notices nothing
 *    of a topic wiped under it.
 */
export function createTopicWriter(options: TopicWriterOptions): TopicWriter {
  const { adcode, view, producer, lives, signer, release, clock, tracer, recheck, onMissing } = options;
  const { nowMs = () => performance.now() } = options;
  const topic = topicOf(adcode, view);
  let life: SentLife | undefined;
  let judgedIn = -1;
  let missingUntil = 0;

  async function newLife(epoch: number, endOffset: number): Promise<SentLife> {
    const incarnation = randomBytes(12).toString('base64url');
    const { digest } = genesis(adcode, view, epoch);
    return keep({ ...beginLife({ incarnation, epoch, endOffset }), digest });
  }

  async function keep(next: SentLife): Promise<SentLife> {
    await lives.save(view, next);
    life = next;
    return next;
  }

  async function presentLife(epoch: number, signal?: AbortSignal): Promise<SentLife> {
    if (life && judgedIn === producer.generation()) return life;
    const generation = producer.generation();
    const endOffset = await producer.endOffset(topic, signal);
    const held = life ?? (await lives.read(view));
    const present = held && judgeTopic(held, { endOffset }) === 'same' ? held : await newLife(epoch, endOffset);
    [life, judgedIn] = [present, generation];
    return present;
  }

  async function append(page: OutgoingPage, signal?: AbortSignal): Promise<SentLife> {
    const held = await presentLife(page.epoch, signal);
    if (page.events.length === 0) return sendHeartbeat(held, page, signal);
    if (page.epoch !== held.epoch || page.from !== held.seq) return held;
    if (page.prev !== held.digest)
      throw new DomainError('EQUIVOCATION', `the topic holds another event ${held.seq} of ${view} than this database`, {
        remedy: 'this database is older than what it sent, or a second node uses its key: stop it and restore the newest copy',
      });
    const span = startSpan(tracer, {
      name: 'federation.log.append',
      under: page.traceparent,
      kind: SpanKind.PRODUCER,
      attributes: { 'messaging.destination.name': topic, 'messaging.batch.message_count': page.events.length },
    });
    try {
      const records = recordsOf({ ...page, traceparent: traceparentOf(span, page.traceparent) }, held.incarnation);
      const baseOffset = await producer.send(topic, records, signal);
      const seq = page.from + page.events.length;
      if (judgeAck(held, { baseOffset }) === 'lost') return await newLife(page.epoch, baseOffset + records.length);
      const digest = digestOf(Buffer.from(page.events.at(-1)!.bytes, 'base64'));
      return await keep({ ...afterAck(held, { seq, baseOffset, count: records.length }), digest });
    } catch (error) {
      failSpan(span, error instanceof DomainError ? error.code : 'BROKER_UNAVAILABLE');
      throw error;
    } finally {
      span.end();
    }
  }

  async function sendHeartbeat(held: SentLife, page: OutgoingPage, signal?: AbortSignal): Promise<SentLife> {
    const at = clock.now();
    const feed = { origin: adcode, view };
    const bytes = heartbeatBytes(feed, page.head, { release, at });
    const record = recordOfHeartbeat({ feed, bytes, signature: signer.sign(bytes), incarnation: held.incarnation, at });
    const baseOffset = await producer.send(topic, [record], signal);
    if (judgeAck(held, { baseOffset }) === 'lost') return newLife(page.epoch, baseOffset + 1);
    return keep({ ...held, offset: baseOffset });
  }

  return async (page, signal) => {
    if (page.origin !== adcode)
      throw new DomainError('CROSS_NODE', `${page.origin} is not this node: only an origin writes its topics`, {
        remedy: 'write own feeds only',
      });
    const feed = { origin: adcode, view };
    if (nowMs() < missingUntil) throw topicMissing([feed]);
    try {
      const { epoch, seq, digest } = await append(page, signal);
      recheck.reset();
      onMissing(false);
      return { cursor: { epoch, seq, digest }, receiver: null };
    } catch (error) {
      if (signal?.aborted) throw error;
      const isMissing = isTopicFault(error);
      if (isMissing) missingUntil = nowMs() + recheck.nextMs();
      onMissing(isMissing);
      const fault = isMissing ? topicMissing([feed]) : error;
      if (fault instanceof DomainError) await lives.fail(view, fault);
      throw fault;
    }
  };
}
