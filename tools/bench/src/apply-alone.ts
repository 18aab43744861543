import { createApplier, type ArrivedBatch, type RegistryStore } from '@xiangjing/federation';
import type { Telemetry } from '@xiangjing/platform';
import { fieldDirectory } from '@xiangjing/scenario-sdk';
import type pg from 'pg';
import { VIEW, type FeedCity } from './city-load.ts';
import { surroundings } from './scratch-log.ts';

const PROVINCE = '430000';
const ROUNDS = 5;
const EVENTS = 2_000;

interface Alone {
  /** The province's apply login; no node of it runs any more. */
  pool: pg.Pool;
  registry: RegistryStore;
  telemetry: Telemetry;
  transaction: number;
}
/** Events per second of the slowest stage alone: pages in memory that continue the feeds, signatures checked, applied one by one. */
export async function applyAlone(feeds: readonly FeedCity[], { pool, registry, telemetry, transaction }: Alone): Promise<number[]> {
  const applier = createApplier({
    pool,
    adcode: PROVINCE,
    registry,
    fields: (kind) => fieldDirectory(kind),
    ...surroundings(telemetry),
  });
  const turns = Math.ceil(EVENTS / transaction);
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const batches = Array.from({ length: turns }, (_, turn) => batchOf(feeds[turn % feeds.length]!, transaction));
    const startMs = performance.now();
    for (const batch of batches) {
      const { applied, fault } = await applier.apply(batch);
      if (applied !== transaction) throw new Error(`only ${applied} of ${transaction} events were applied: ${fault?.message ?? ''}`);
    }
    if (round > 0) rates.push((turns * transaction * 1_000) / (performance.now() - startMs)); // the first warms up
  }
  return rates;
}

function batchOf(feed: FeedCity, events: number): ArrivedBatch {
  const { from, head, page, signatures } = feed.next(events);
  return {
    road: 'kafka',
    origin: feed.adcode,
    view: VIEW,
    epoch: from.epoch,
    from: from.seq,
    prev: from.digest,
    mark: null,
    heardAt: new Date(),
    peer: feed.adcode,
    headSeq: head.seq,
    events: page.map(({ bytes }, i) => ({ bytes: bytes.toString('base64'), signature: signatures[i]! })),
  };
}
