import type { FeedName } from './topology.ts';
import { keyOf } from './topology.ts';

/** What must hold; the names tell which of them a mutant breaks. */
export type Oracle =
  | 'replicas equal the projection of the origin'
  | 'nothing above the tier is emitted'
  | 'rev only rises'
  | 'every committed write arrives and nothing else'
  | 'retractions stay'
  | 'retractions never wait'
  | 'an unchanged projection emits nothing'
  | 'each event takes effect once'
  | 'queues are bounded'
  | 'healing is bounded'
  | 'the log holds every event'
  | 'no false alarm';

/** What the seeds must lead to, or they prove little. */
export const SITUATIONS = [
  'death in a transaction',
  'record set aside',
  'event blocked by the guard',
  'retraction',
  'repeat dropped',
  'page parked',
  'parking overflow',
  'topic read again from its start',
  'new life of a topic',
  'take-over by HTTPS at the writer',
  'take-over by HTTPS at the reader',
  'feed degraded',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export interface Violation {
  oracle: Oracle;
  atMs: number;
  text: string;
}

/** Watches a simulation from outside: no part of it reads what it notes. */
export interface Witness {
  violations: Violation[];
  /** Texts of changes that were committed. */
  committed: Set<string>;
  /** What happened, for who replays a seed; null where nobody reads it. */
  journal: string[] | null;
  /** How often the situations came up that a simulation is for. */
  seen: Map<Situation, number>;
  fail(oracle: Oracle, text: string): void;
  note(text: () => string): void;
  saw(situation: Situation): void;
  /** An event is in its feed for good: was anything in it too much, or never committed? */
  emitted(feed: FeedName, event: { bytes: Buffer; seq: number; above: readonly string[]; texts: readonly string[] }): void;
}

export function createWitness(now: () => number, isTold: boolean): Witness {
  const witness: Witness = {
    violations: [],
    committed: new Set(),
    journal: isTold ? [] : null,
    seen: new Map(),
    fail(oracle, text) {
      witness.violations.push({ oracle, atMs: now(), text });
      witness.note(() => `VIOLATION of "${oracle}": ${text}`);
    },
    saw(situation) {
      witness.seen.set(situation, (witness.seen.get(situation) ?? 0) + 1);
    },
    note(text) {
      witness.journal?.push(`${String(now()).padStart(7)} ms  ${text()}`);
    },
    emitted(feed, { bytes, seq, above, texts }) {
      const leaked = above.find((text) => bytes.includes(JSON.stringify(text)));
      if (leaked) witness.fail('nothing above the tier is emitted', `${keyOf(feed)} ${seq} holds ${leaked}`);
      const stray = texts.find((text) => !witness.committed.has(text));
      if (stray) witness.fail('every committed write arrives and nothing else', `${keyOf(feed)} ${seq} holds ${stray}, never committed`);
    },
  };
  return witness;
}
