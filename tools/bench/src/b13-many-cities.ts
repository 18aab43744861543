import { createPool } from '@xiangjing/db';
import { openRegistry } from '@xiangjing/federation';
import { startTelemetry } from '@xiangjing/platform';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { applyAlone } from './apply-alone.ts';
import { feedCity, importingCity, joinCity, sendAll, VIEW, type FeedCity, type Load } from './city-load.ts';
import { allApplied, lagOf, observe, watch, type Sample, type Sight } from './load-sight.ts';
import { startNodePair } from './node-pair.ts';
import { insertOrganisation } from './own-records.ts';
import { busyness, type Measure, type Report } from './report.ts';
import { startScratchKafka } from './scratch-kafka.ts';
import { openLog } from './scratch-log.ts';
import { startScratchServer } from './scratch-server.ts';
import { slope } from './statistics.ts';

const PROVINCE = '430000';

export interface ManyCitiesOptions extends Load {
  /** The first has a node and a database of its own, the others are feeds. */
  cities: readonly string[];
  sampleMs?: number;
  /** Between the first events of all cities and the measuring. */
  restMs?: number;
}

/**
 * All cities send on `up` over Kafka for minutes, in bulk transactions: what memory the nodes take, and whether the province keeps
 * up. The province and the first city are `xiangjing` processes with every target; that city sends on `peer` too, as any city does.
 * Yardsticks: the same processes at rest, and the slowest stage alone, which is verifying and applying such pages from memory.
 */
export async function manyCities({ cities, sampleMs = 5_000, restMs = 10_000, ...load }: ManyCitiesOptions): Promise<Report> {
  const busy = busyness();
  const [city, ...others] = cities as [string, ...string[]];
  const folder = mkdtempSync(join(tmpdir(), 'xiangjing-bench-keys-'));
  const telemetry = startTelemetry({ serviceName: 'bench', attributes: {} });
  const server = await startScratchServer();
  const urls = { province: await server.node(PROVINCE), city: await server.node(city) };
  const kafka = await startScratchKafka([PROVINCE, ...cities]);
  const nodes = await startNodePair({ adcode: PROVINCE, urls: urls.province }, { adcode: city, urls: urls.city }, kafka);
  const [provincePool, cityPool, applyPool] = [urls.province.app, urls.city.app, urls.province.apply].map((url) =>
    createPool(url, { max: 2 }),
  ) as [pg.Pool, pg.Pool, pg.Pool];
  const feeds: FeedCity[] = [];
  try {
    const province = { pool: provincePool, dataDir: nodes.provinceDataDir };
    for (const adcode of others) {
      const signer = await joinCity(adcode, { folder, province, store: cityPool });
      feeds.push(feedCity(signer, openLog(kafka, { adcode, signer, telemetry })));
    }
    await insertOrganisation(cityPool, city);
    const senders = [importingCity(city, cityPool), ...feeds];
    await sendAll(senders, { ...load, seconds: load.transaction / load.rate });
    await allApplied(provincePool, senders);
    await sleep(restMs);
    const look = () => observe({ province: provincePool, pids: nodes.pids, senders });
    const rest = await look();
    const samples = await watch(sendAll(senders, load), { look, sampleMs });
    const drainMs = await allApplied(provincePool, senders);
    const { rows } = await provincePool.query<{ count: number }>(`select count(*)::int as count from inbox where road <> 'kafka'`);
    const registry = await openRegistry(province);
    await nodes.stop();
    const alone = await applyAlone(feeds, { pool: applyPool, registry, telemetry, transaction: load.transaction });
    const lags = `lag of all feeds ${lagOf(samples[0]!)} events at the start and ${lagOf(samples.at(-1)!)} at the end, all applied ${(drainMs / 1_000).toFixed(1)} s later`;
    return {
      title: `B13: ${cities.length} cities at once`,
      command: 'npm run bench -- b13',
      conditions: `${load.rate} events/s of each city on ${VIEW} for ${load.seconds} s, transactions of ${load.transaction}, two node processes, one PostgreSQL server, one broker and the load on this machine, fsync on, ${lags}, ${rows[0]!.count} events came by HTTPS, ${busy}`,
      measures: [...memory({ rest, samples, load }), ...pace({ samples, alone, load, cities: cities.length })],
    };
  } finally {
    await nodes.stop();
    await Promise.all(feeds.map((feed) => feed.close()));
    await Promise.all([provincePool.end(), cityPool.end(), applyPool.end()]);
    await kafka.stop();
    await server.stop();
    await telemetry.shutdown();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Seen {
  samples: readonly Sample[];
  load: Load;
}

/** What came in the first third is warming up. */
const settled = ({ samples, load }: Seen): Sample[] => samples.filter(({ at }) => at >= load.seconds / 3);
const risePerSecond = (seen: Seen, read: (sample: Sample) => number): number =>
  slope(settled(seen).map((sample) => ({ at: sample.at, value: read(sample) })));

function memory({ rest, ...seen }: Seen & { rest: Sight }): Measure[] {
  const of = (node: string, read: (sight: Sight) => number): Measure[] => [
    {
      name: `largest memory, ${node}`,
      unit: 'MiB',
      ours: [Math.max(...seen.samples.map(read))],
      yardstick: [read(rest)],
      goal: { bound: 260, is: 'at most' },
    },
    {
      name: `memory rises after the first third, ${node}`,
      unit: 'MiB/min',
      ours: [60 * risePerSecond(seen, read)],
      goal: { bound: 2, is: 'at most' },
    },
  ];
  return [...of('province', (sight) => sight.provinceMiB), ...of('city', (sight) => sight.cityMiB)];
}

function pace({ alone, cities, ...seen }: Seen & { alone: number[]; cities: number }): Measure[] {
  const { samples, load } = seen;
  const wanted = cities * load.rate;
  const worst = samples[0]!.lags.map((_, feed) => Math.max(...samples.map(({ lags }) => lags[feed]!)));
  return [
    {
      name: 'events applied after the first third, beside the slowest stage alone',
      unit: 'events/s',
      ours: alone.map(() => risePerSecond(seen, ({ applied }) => applied)),
      yardstick: alone,
      goal: { bound: 0.99 * wanted, is: 'at least' },
    },
    { name: 'lag of all feeds together', unit: 'events', ours: samples.map(lagOf) },
    { name: 'largest lag, feed by feed', unit: 'events', ours: worst },
    {
      name: 'lag grows after the first third',
      unit: 'events/s',
      ours: [risePerSecond(seen, lagOf)],
      goal: { bound: 0.01 * wanted, is: 'at most' },
    },
  ];
}
