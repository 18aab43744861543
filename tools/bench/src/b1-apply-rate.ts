import { createPool } from '@xiangjing/db';
import { createApplier, genesis, type Applier, type ArrivedBatch, type RegistryStore } from '@xiangjing/federation';
import { createLogger, startTelemetry } from '@xiangjing/platform';
import { fieldDirectory } from '@xiangjing/scenario-sdk';
import type pg from 'pg';
import { feedOf, PAGE, pagesOf, type PageEvent } from './feed-pages.ts';
import { busyness, type Report } from './report.ts';
import { startScratchServer } from './scratch-server.ts';
import { upsertPage, YARDSTICK_TABLE } from './unnest-yardstick.ts';

const PROVINCE = '430000';
const ORIGIN = '430100';
const VIEW = 'up';
const EMPTY = 'truncate replica_bytes, replica, replica_fact, listed_record, inbox, peer_cursor, yardstick';

export interface ApplyRateOptions {
  rounds: number;
  /** Each is made once and revised once, so that half of the events insert and half update; a multiple of a page. */
  records: number;
}

/**
 * How fast the province takes a city's feed from pages in memory, signatures left out: judge each event, then one transaction a
 * page with bytes, readable replica, list row, inbox and cursor. Yardstick: the same bytes by one `unnest` upsert a page.
 */
export async function applyRate({ rounds, records }: ApplyRateOptions): Promise<Report> {
  const busy = busyness();
  const server = await startScratchServer();
  const telemetry = startTelemetry({ serviceName: 'bench', attributes: {} });
  try {
    const urls = await server.node(PROVINCE);
    const owner = createPool(urls.owner, { max: 1 });
    const pool = createPool(urls.apply, { max: 1 });
    await owner.query(YARDSTICK_TABLE);
    await owner.query('grant select, insert, update on yardstick to xiangjing_apply');
    const applier = createApplier({
      pool,
      adcode: PROVINCE,
      registry: nobody,
      fields: (kind) => directories[kind],
      clock: { now: () => new Date() },
      log: createLogger({ level: 'error', destination: 'stderr' }),
      meter: telemetry.meter,
      tracer: telemetry.tracer,
      verify: async () => null,
    });
    const ours: number[] = [];
    const yardstick: number[] = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      await owner.query(EMPTY);
      const start = genesis(ORIGIN, VIEW);
      const pages = pagesOf(feedOf(ORIGIN, VIEW, records, start));
      bytes = pages[0]![0]!.bytes.length;
      ours.push(await rate(records * 2, () => applyAll(applier, start.digest, pages)));
      yardstick.push(await rate(records * 2, () => upsertAll(pool, pages)));
    }
    await Promise.all([owner.end(), pool.end()]);
    return {
      title: 'B1: apply rate',
      command: 'npm run bench -- b1',
      conditions: `${rounds} rounds of ${records * 2} events of ${bytes} bytes, half new and half newer, pages of ${PAGE}, fsync on, ${busy}`,
      measures: [{ name: 'events applied', unit: 'events/s', ours, yardstick, goal: { ratio: 0.8, is: 'at least' } }],
    };
  } finally {
    await telemetry.shutdown();
    await server.stop();
  }
}

const directories = {
  capability: fieldDirectory('capability'),
  opportunity: fieldDirectory('opportunity'),
  demonstration: fieldDirectory('demonstration'),
};

/** Keys are not asked for: the signature check is left out of this measure. */
const nobody: RegistryStore = {
  trust: () => null,
  current: () => null,
  signed: () => null,
  node: () => undefined,
  refresh: async () => {},
  accept: () => Promise.reject(new Error('no registry is accepted here')),
};

const batch = (from: number, prev: string, page: readonly PageEvent[]): ArrivedBatch => ({
  road: 'https',
  origin: ORIGIN,
  view: VIEW,
  epoch: 1,
  from,
  prev,
  mark: null,
  heardAt: new Date(),
  peer: ORIGIN,
  headSeq: from + page.length,
  events: page.map((event) => ({ bytes: event.bytes.toString('base64'), signature: '' })),
});

async function applyAll(applier: Applier, first: string, pages: readonly PageEvent[][]): Promise<void> {
  let prev = first;
  for (const page of pages) {
    const { cursor, applied, fault } = await applier.apply(batch(page[0]!.seq - 1, prev, page));
    if (fault || applied !== page.length) throw new Error(`only ${applied} of ${page.length} events were applied: ${fault?.message ?? ''}`);
    prev = cursor.digest;
  }
}

async function upsertAll(pool: pg.Pool, pages: readonly PageEvent[][]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const page of pages) await upsertPage(client, page);
  } finally {
    client.release();
  }
}

async function rate(events: number, work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return events / ((performance.now() - startMs) / 1000);
}
