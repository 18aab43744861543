import type { Actor } from '@xiangjing/authorization';
import type { Db } from '@xiangjing/db';
import type { ProvinceClient } from '@xiangjing/federation';
import type { Logger } from '@xiangjing/platform';
import type { PluginHost } from '@xiangjing/plugin-host';

/** Callers of services by name, however they run; `createPeers` makes them and knows their types. */
export type AnyPeers = Readonly<Record<string, (ctx: ServiceContext) => unknown>>;

/** What every verb is given, built once per call and passed down: nothing else reaches a verb. */
export interface ServiceContext {
  node: {
    adcode: string;
    nameZh: string;
    release: string;
    /** Whether brokers are configured; left out where the caller does not know. */
    kafka?: boolean;
  };
  actor: Actor;
  /** The caller's bearer token, forwarded to another process of this node that does work for this call. */
  token?: string;
  db: Db;
  clock: { now(): Date };
  peers: AnyPeers;
  log: Logger;
  plugins: PluginHost;
  /** Asks the province in this node's name; left out at the province itself. */
  province?: ProvinceClient;
  channel: 'rest' | 'trpc' | 'page' | 'job';
  traceId: string;
  idempotencyKey?: string;
  /** Tells the egress worker, wherever it runs, that an intent was committed; it polls anyway. */
  wakeEgress(): void;
}
