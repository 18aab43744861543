import type { Logger, Meter, Tracer } from '@xiangjing/platform';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import type { EventLog } from '../event-log.ts';
import type { Signer } from '../registry/keys.ts';
import type { RegistryStore } from '../registry/registry-store.ts';

/** What carries feeds from or to this node while it runs. */
export interface Link {
  start(): Promise<void>;
  /** Exchanges until nothing is left to carry; how many events went over. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}
export interface RunningOptions {
  pool: pg.Pool;
  adcode: string;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  random?: () => number;
  /** Time that passes, for how long feeds have stood still. */
  nowMs?: () => number;
}
/** A city's link to its province. */
export interface LinkOptions extends RunningOptions {
  signer: Signer;
  /** The log of topics, where this node has brokers: the road while it is healthy. Without it HTTPS carries all. */
  kafka?: EventLog | undefined;
  /** What this node says of itself in its heartbeats. */
  release?: string;
  fetch?: typeof fetch;
  heartbeatMs?: number;
}
