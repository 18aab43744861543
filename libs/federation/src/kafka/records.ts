import { ENVELOPE_MAX_BYTES } from '@xiangjing/scenario-sdk';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { eventId } from '../core/feed.ts';
import type { OutgoingPage } from '../event-log.ts';
import type { WireEvent } from '../wire.ts';
import { heartbeatId, HEARTBEAT_TYPE } from './heartbeat.ts';

/** A record of a topic: key = record id, value = the feed's exact bytes. What the headers say only orders: the truth is signed. */
const CONTENT_TYPE = 'application/cloudevents+json';

export function recordsOf(page: OutgoingPage, incarnation: string): Message[] {
  return page.events.map(({ bytes: text, signature }, index) => {
    const bytes = Buffer.from(text, 'base64');
    const headers: IHeaders = {
      'content-type': CONTENT_TYPE,
      id: eventId(page.origin, page.view, page.epoch, page.from + index + 1),
      signature,
      incarnation,
      ...(index === 0 && page.traceparent ? { traceparent: page.traceparent } : {}),
    };
    return { key: partitionKeyIn(bytes), value: bytes, headers, partition: 0 };
  });
}

/** The record id as the bytes name it. With sorted keys nothing nested comes after it, so the last one is the envelope's. */
const PARTITION_KEY = '"partitionkey":"';
function partitionKeyIn(bytes: Buffer): string | null {
  const at = bytes.lastIndexOf(PARTITION_KEY);
  if (at < 0) return null;
  const from = at + PARTITION_KEY.length;
  return bytes.toString('utf8', from, bytes.indexOf('"', from));
}

export interface HeartbeatRecord {
  feed: { origin: string; view: string };
  bytes: Buffer;
  signature: string;
  incarnation: string;
  at: Date;
}
export const recordOfHeartbeat = ({ feed, bytes, signature, incarnation, at }: HeartbeatRecord): Message => ({
  key: null,
  value: bytes,
  headers: { 'content-type': CONTENT_TYPE, id: heartbeatId(feed, at), type: HEARTBEAT_TYPE, signature, incarnation },
  partition: 0,
});

export type TopicRecord =
  | {
      is: 'event';
      offset: number;
      epoch: number;
      seq: number;
      bytes: number;
      incarnation: string;
      event: WireEvent;
      traceparent: string | undefined;
    }
  | { is: 'heartbeat'; offset: number; incarnation: string; value: Buffer; signature: string }
  | { is: 'foreign'; offset: number; code: 'EVENT_MALFORMED' | 'EVENT_TOO_LARGE' | 'SOURCE_MISMATCH'; reason: string };

const ID = /^(\d{6})\/([a-z][a-z0-9.-]{0,39})\/(?:(\d{1,9})\/(\d{1,15})|heartbeat\/\d+)$/;
const INCARNATION = /^[\w-]{8,64}$/;
const SIGNATURE = /^[\w-]+\.\.[\w-]+$/;

/** What a record of this feed's topic is, as far as can be told without its origin's keys. */
export function readRecord(feed: { origin: string; view: string }, message: KafkaMessage): TopicRecord {
  const offset = Number(message.offset);
  const foreign = (code: 'EVENT_MALFORMED' | 'EVENT_TOO_LARGE' | 'SOURCE_MISMATCH', reason: string): TopicRecord => ({
    is: 'foreign',
    offset,
    code,
    reason,
  });
  const { value, headers = {} } = message;
  if (!value) return foreign('EVENT_MALFORMED', 'a record without value');
  if (value.length > ENVELOPE_MAX_BYTES) return foreign('EVENT_TOO_LARGE', `${value.length} bytes, at most ${ENVELOPE_MAX_BYTES}`);
  const [id, signature, incarnation] = ['id', 'signature', 'incarnation'].map((name) => text(headers[name]));
  if (!signature || !SIGNATURE.test(signature) || signature.length > 2_000) return foreign('EVENT_MALFORMED', 'a record without signature');
  if (!incarnation || !INCARNATION.test(incarnation)) return foreign('EVENT_MALFORMED', 'a record that names no incarnation of the topic');
  const named = ID.exec(id ?? '');
  if (!named) return foreign('EVENT_MALFORMED', 'a record without event id');
  const [, origin, view, epoch, seq] = named;
  if (origin !== feed.origin || view !== feed.view) return foreign('SOURCE_MISMATCH', `a record of ${origin}/${view}`);
  if (epoch === undefined || seq === undefined) return { is: 'heartbeat', offset, incarnation, value, signature };
  if (!value.includes(`"id":"${id}"`)) return foreign('SOURCE_MISMATCH', 'its header names another event than its bytes');
  return {
    is: 'event',
    offset,
    epoch: Number(epoch),
    seq: Number(seq),
    bytes: value.length,
    incarnation,
    event: { bytes: value.toString('base64'), signature },
    traceparent: text(headers['traceparent']),
  };
}

const text = (header: IHeaders[string]): string | undefined => (Array.isArray(header) ? undefined : header?.toString());
