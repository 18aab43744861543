import type { Broker } from './broker.ts';
import type { HttpsRoad } from './https-road.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { Witness } from './witness.ts';

/** Ways to break the protocol, each of which an oracle must notice. */
export const MUTANTS = [
  'no de-duplication',
  'cursor before commit',
  'guard skipped',
  'incarnation ignored',
  'absence is deletion',
  'parked unverified',
] as const;
export type Mutant = (typeof MUTANTS)[number];

/** What every part of a simulation stands on. */
export interface World {
  timeline: Timeline;
  random: Random;
  broker: Broker;
  https: HttpsRoad;
  witness: Witness;
  mutant: Mutant | null;
  /** Without brokers HTTPS carries everything. */
  hasBroker: boolean;
  /** Cities never reach the province by HTTPS, not even after healing: the log alone must do. */
  isLogAlone: boolean;
  /** How often a process dies in the middle of a transaction, or just after it. */
  deaths: { inTransaction: number };
  /** Nodes whose projection makes mistakes just now. */
  careless: Set<string>;
}

/** Small, so that a few dozen events reach every limit. */
export const PAGE = { events: 6, bytes: 2_000 };
export const PARKED = { events: 18, bytes: 100_000 };
