import { digestOf } from '../feed.ts';
import type { Random } from './random.ts';
import { CEILING, type FeedName, type SimView } from './topology.ts';

/** A record with one field at each level, each with a text that is found again wherever it goes. */
export interface SimRecord {
  id: string;
  rev: number;
  isPublished: boolean;
  /** The record's own level: no field of it counts lower. */
  level: number;
  /** By level, from 1 to 4. */
  texts: readonly string[];
}
export interface Content {
  level: number;
  texts: string[];
}
/** One event as signed. `content` is null where the record was retracted. */
export interface SimEvent extends FeedName {
  epoch: number;
  seq: number;
  prev: string;
  record: string;
  rev: number;
  content: Content | null;
  /** Carries no event: it only names the head. */
  isHeartbeat?: true | undefined;
}
/** An event as it travels. */
export interface Wire {
  bytes: Buffer;
  signature: string;
}

const LEVELS = [1, 2, 3, 4];
const levelOf = (record: SimRecord, field: number): number => Math.max(record.level, LEVELS[field]!);

/** The texts that a view must not carry. */
export const textsAbove = (record: SimRecord, view: SimView): string[] =>
  record.texts.filter((_, field) => levelOf(record, field) > CEILING[view]);

/** What a view should hold of a record. `isCareless`: a mistake in the projection lets one field too many through. */
export function project(record: SimRecord, view: SimView, isCareless: boolean): Content | null {
  if (!record.isPublished || record.level > CEILING[view]) return null;
  const ceiling = CEILING[view] + (isCareless ? 1 : 0);
  return { level: record.level, texts: record.texts.filter((_, field) => levelOf(record, field) <= ceiling) };
}

/** The second pair of eyes: every text in the finished bytes must be one that this view may carry. */
export function isGuarded(bytes: Buffer, record: SimRecord, view: SimView): boolean {
  const { content } = readEvent(bytes);
  const allowed = new Set(record.texts.filter((_, field) => levelOf(record, field) <= CEILING[view]));
  return content === null || content.texts.every((text) => allowed.has(text));
}

export const eventBytes = (event: SimEvent): Buffer => Buffer.from(JSON.stringify(event));
const parsed = new WeakMap<Buffer, SimEvent>();
/** Read once: the same bytes pass through many hands here. */
export function readEvent(bytes: Buffer): SimEvent {
  const event = parsed.get(bytes) ?? (JSON.parse(bytes.toString()) as SimEvent);
  parsed.set(bytes, event);
  return event;
}

const signatures = new WeakMap<Buffer, { origin: string; signature: string }>();
/** Stands for a signature: who does not know the key cannot make it. */
export function sign(origin: string, bytes: Buffer): string {
  const known = signatures.get(bytes);
  if (known?.origin === origin) return known.signature;
  const signature = digestOf(`the key of ${origin}\n${bytes.toString()}`);
  signatures.set(bytes, { origin, signature });
  return signature;
}

/** A person's change of a record, as it will be made on whatever state the record has when it commits. */
export function drawChange(random: Random, text: string): (record: SimRecord) => SimRecord {
  const field = random.int(4);
  const level = random.pick([1, 1, 2, 3, 4]);
  return random.pick<(record: SimRecord) => SimRecord>([
    (record) => ({ ...record, texts: record.texts.with(field, text) }),
    (record) => ({ ...record, texts: record.texts.with(field, text) }),
    (record) => ({ ...record, texts: record.texts.with(field, text), level }),
    (record) => ({ ...record, texts: record.texts.with(field, text), isPublished: !record.isPublished }),
  ]);
}

export const newRecord = (id: string, text: string): SimRecord => ({
  id,
  rev: 0,
  isPublished: true,
  level: 1,
  texts: LEVELS.map((level) => `${text}/${level}`),
});
