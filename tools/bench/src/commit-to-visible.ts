import { createPool } from '@xiangjing/db';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { startReplication } from './logical-replication.ts';
import { startNodePair } from './node-pair.ts';
import { coreAt, insertOrganisation, insertRecords } from './own-records.ts';
import { busyness, type Report } from './report.ts';
import { startScratchKafka } from './scratch-kafka.ts';
import { startScratchServer } from './scratch-server.ts';
import { percentile } from './statistics.ts';

const PROVINCE = '430000';
const CITY = '430100';
const GIVE_UP_MS = 30_000;

export interface CommitToVisibleOptions {
  /** B5, or B4 with a broker between the two. */
  road: 'https' | 'kafka';
  rounds: number;
  samples: number;
}

const MEASURED = {
  https: { title: 'B5: commit to visible over HTTP', command: 'npm run bench -- b5', p50: 12, p99: 22, between: '' },
  kafka: { title: 'B4: commit to visible over Kafka', command: 'npm run bench -- b4', p50: 8, p99: 15, between: ', one Kafka broker' },
};

/**
 * How long after a commit at a city the province's list shows it: two `xiangjing` processes, every target, over HTTP or over Kafka.
 * Yardstick: PostgreSQL's logical replication between the same two databases, watched in the same way.
 */
export async function commitToVisible({ road, rounds, samples }: CommitToVisibleOptions): Promise<Report> {
  const busy = busyness();
  const server = await startScratchServer({ wal_level: 'logical' });
  const [province, city] = [await server.node(PROVINCE), await server.node(CITY)];
  const replication = await startReplication(server.superUrl(`bench_${CITY}`), server.superUrl(`bench_${PROVINCE}`));
  const kafka = road === 'kafka' ? await startScratchKafka([PROVINCE, CITY]) : undefined;
  const nodes = await startNodePair({ adcode: PROVINCE, urls: province }, { adcode: CITY, urls: city }, kafka);
  const pools = [city.app, province.app, replication.source, replication.target].map((url) => createPool(url, { max: 1 }));
  const [cityPool, provincePool, source, target] = pools as [pg.Pool, pg.Pool, pg.Pool, pg.Pool];
  try {
    await insertOrganisation(cityPool, CITY);
    const [record] = (await insertRecords(cityPool, CITY, 1)) as [string];
    const row = randomUUID();
    await source.query(`insert into yardstick values ($1, 0, '{}')`, [row]);
    const ours: number[][] = [];
    const yardstick: number[][] = [];
    for (let round = 0; round <= rounds; round++) {
      const [nodeMs, replicatedMs]: [number[], number[]] = [[], []];
      for (let sample = 0; sample < samples; sample++) {
        nodeMs.push(await amendAndWatch(cityPool, provincePool, record));
        replicatedMs.push(await replicateAndWatch(source, target, row));
      }
      if (round === 0) continue; // warms up code, caches and connections on both sides
      ours.push(nodeMs.toSorted((a, b) => a - b));
      yardstick.push(replicatedMs.toSorted((a, b) => a - b));
    }
    const measure = (percent: number, goal: number) => ({
      name: `commit to visible, p${percent}`,
      unit: 'ms',
      ours: ours.map((sorted) => percentile(sorted, percent)),
      yardstick: yardstick.map((sorted) => percentile(sorted, percent)),
      goal: { ratio: goal, is: 'at most' as const },
    });
    await expectRoad(provincePool, road, rounds * samples);
    const { title, command, p50, p99, between } = MEASURED[road];
    return {
      title,
      command,
      conditions: `${rounds} rounds of ${samples} amends one by one, two node processes and one PostgreSQL server${between}, fsync on, ${busy}`,
      measures: [measure(50, p50), measure(99, p99)],
    };
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await nodes.stop();
    await kafka?.stop();
    await replication.stop();
    await server.stop();
  }
}

/** What was measured came by the road it is reported of. */
async function expectRoad(province: pg.Pool, road: string, events: number): Promise<void> {
  const { rows } = await province.query<{ count: number }>('select count(*)::int as count from inbox where origin = $1 and road = $2', [
    CITY,
    road,
  ]);
  if (rows[0]!.count < events) throw new Error(`only ${rows[0]!.count} of ${events} events came by ${road}`);
}

/** From the answer to the commit at the city until the province's list has the revision. */
async function amendAndWatch(city: pg.Pool, province: pg.Pool, id: string): Promise<number> {
  await rest();
  const client = await city.connect();
  await client.query('begin');
  const { rows } = await client.query<{ rev: number }>('update record set rev = rev + 1, updated_at = now() where id = $1 returning rev', [
    id,
  ]);
  const rev = rows[0]!.rev;
  await client.query('update record set core = $2 where id = $1', [id, JSON.stringify(coreAt(CITY, rev))]);
  await client.query(`insert into intent (id, record_id, rev, event, body) values ($1, $2, $3, 'record.amended', '{}')`, [
    randomUUID(),
    id,
    rev,
  ]);
  await client.query(`select pg_notify('xiangjing_intent', '')`);
  await client.query('commit');
  const committedMs = performance.now();
  client.release();
  await watch(province, 'select 1 from listed_record where id = $1 and rev >= $2', [id, rev]);
  return performance.now() - committedMs;
}

async function replicateAndWatch(source: pg.Pool, target: pg.Pool, id: string): Promise<number> {
  await rest();
  const { rows } = await source.query<{ rev: number }>('update yardstick set rev = rev + 1, core = $2 where id = $1 returning rev', [
    id,
    JSON.stringify(coreAt(CITY, 1)),
  ]);
  const committedMs = performance.now();
  await watch(target, 'select 1 from yardstick where id = $1 and rev >= $2', [id, rows[0]!.rev]);
  return performance.now() - committedMs;
}

/** Asks again and again on one connection: the answer takes a fraction of a millisecond. */
async function watch(pool: pg.Pool, sql: string, values: unknown[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const until = performance.now() + GIVE_UP_MS; performance.now() < until;)
      if ((await client.query(sql, values)).rows.length > 0) return;
    throw new Error(`not visible within ${GIVE_UP_MS / 1000} s`);
  } finally {
    client.release();
  }
}

/** Idle between samples, at no fixed beat that could fall in step with a poll. */
const rest = (): Promise<void> => sleep(10 + Math.random() * 30);
