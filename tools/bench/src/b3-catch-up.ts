import { createPool, withClient } from '@xiangjing/db';
import { createApplier, createLogReader, createNodeKey, genesis, type FeedPosition, type Signer } from '@xiangjing/federation';
import { startTelemetry, type Telemetry } from '@xiangjing/platform';
import { fieldDirectory } from '@xiangjing/scenario-sdk';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { feedOf, PAGE, uuidv7 } from './feed-pages.ts';
import { startReplication } from './logical-replication.ts';
import { busyness, type Report } from './report.ts';
import { startScratchKafka, type ScratchKafka } from './scratch-kafka.ts';
import { openLog, registryStore, surroundings } from './scratch-log.ts';
import { startScratchServer } from './scratch-server.ts';

const PROVINCE = '430000';
const ORIGIN = '430100';
const VIEW = 'up';
const EMPTY = 'truncate replica_bytes, replica, replica_fact, listed_record, inbox, peer_cursor';
const ROWS = 200;
const GIVE_UP_MS = 600_000;

export interface CatchUpOptions {
  rounds: number;
  /** In the topic before the reader begins; half new records and half revisions, a multiple of two pages. */
  events: number;
}

/**
 * How fast the province catches up with a topic that holds a city's feed: Kafka's consumer, each signature checked, judged, stored
 * and listed. Yardstick: PostgreSQL's logical replication of as many rows of the same size, written in transactions of 200 while
 * the subscription was off.
 */
export async function catchUp({ rounds, events }: CatchUpOptions): Promise<Report> {
  const busy = busyness();
  const keyDir = mkdtempSync(join(tmpdir(), 'xiangjing-bench-key-'));
  const signer = await createNodeKey(keyDir, ORIGIN);
  const server = await startScratchServer({ wal_level: 'logical' });
  const kafka = await startScratchKafka([PROVINCE, ORIGIN], [signer]);
  const telemetry = startTelemetry({ serviceName: 'bench', attributes: {} });
  try {
    const urls = await server.node(PROVINCE);
    const databases = { owner: createPool(urls.owner, { max: 1 }), apply: createPool(urls.apply, { max: 4 }) };
    await server.node(ORIGIN);
    const replication = await startReplication(server.superUrl(`bench_${ORIGIN}`), server.superUrl(`bench_${PROVINCE}`));
    await fillTopic(kafka, { signer, events, telemetry });
    const [ours, yardstick]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      await databases.owner.query(EMPTY);
      ours.push(events / (await readAll(kafka, { apply: databases.apply, events, telemetry })));
      yardstick.push(events / (await replicateAll(replication, events, round)));
    }
    await Promise.all([databases.owner.end(), databases.apply.end()]);
    await replication.stop();
    return {
      title: 'B3: catch-up over Kafka',
      command: 'npm run bench -- b3',
      conditions: `${rounds} rounds of ${events.toLocaleString('en')} signed events, half new and half newer, one broker, fsync on, ${busy}`,
      measures: [{ name: 'events caught up', unit: 'events/s', ours, yardstick, goal: { ratio: 0.5, is: 'at least' } }],
    };
  } finally {
    await telemetry.shutdown();
    await kafka.stop();
    await server.stop();
    rmSync(keyDir, { recursive: true, force: true });
  }
}

interface Filling {
  signer: Signer;
  events: number;
  telemetry: Telemetry;
}
async function fillTopic(kafka: ScratchKafka, { signer, events, telemetry }: Filling): Promise<void> {
  const log = openLog(kafka, { adcode: ORIGIN, signer, telemetry });
  let head: FeedPosition = genesis(ORIGIN, VIEW);
  while (head.seq < events) {
    const from = head;
    const page = feedOf(ORIGIN, VIEW, PAGE / 2, from);
    const signed = page.map(({ bytes }) => ({ bytes: bytes.toString('base64'), signature: signer.sign(bytes) }));
    head = { epoch: 1, seq: page.at(-1)!.seq, digest: page.at(-1)!.digest };
    let answer = await log.append({ origin: ORIGIN, view: VIEW, epoch: 1, from: from.seq, prev: from.digest, events: signed, head });
    if (answer.cursor.seq === 0)
      answer = await log.append({ origin: ORIGIN, view: VIEW, epoch: 1, from: 0, prev: from.digest, events: signed, head });
    if (answer.cursor.seq !== head.seq) throw new Error(`the topic holds ${answer.cursor.seq} events, not ${head.seq}`);
  }
  await log.close();
}

interface Reading {
  apply: pg.Pool;
  events: number;
  telemetry: Telemetry;
}
/** Seconds from the start of a reader until the cursor stands at the end. */
async function readAll(kafka: ScratchKafka, { apply, events, telemetry }: Reading): Promise<number> {
  const signer: Signer = { adcode: PROVINCE, kid: '', publicKey: '', sign: () => '' };
  const eventLog = openLog(kafka, { adcode: PROVINCE, signer, telemetry });
  const common = { pool: apply, adcode: PROVINCE, registry: registryStore(kafka), ...surroundings(telemetry) };
  const applier = createApplier({ ...common, fields: (kind) => fieldDirectory(kind) });
  const reader = createLogReader({ ...common, applier, kafka: eventLog });
  const startMs = performance.now();
  await reader.start();
  await until(apply, 'select 1 from peer_cursor where seq >= $1', [events]);
  const tookMs = performance.now() - startMs;
  await reader.stop();
  await eventLog.close();
  return tookMs / 1_000;
}

/** Seconds from switching the subscription on until the rows written meanwhile are there. */
async function replicateAll(replication: { source: string; target: string }, rows: number, round: number): Promise<number> {
  const payload = JSON.stringify(feedOf(ORIGIN, VIEW, 1, genesis(ORIGIN, VIEW))[0]!.bytes.toString());
  await withClient(replication.target, (client) => client.query('alter subscription yardstick disable'));
  await withClient(replication.source, async (client) => {
    for (let done = 0; done < rows; done += ROWS) {
      const ids = Array.from({ length: Math.min(ROWS, rows - done) }, uuidv7);
      await client.query('insert into yardstick select id, $2, $3::jsonb from unnest($1::text[]) id', [ids, round, payload]);
    }
  });
  const pool = createPool(replication.target, { max: 1 });
  await pool.query('alter subscription yardstick enable');
  const startMs = performance.now();
  await until(pool, 'select 1 from yardstick where rev = $1 having count(*) >= $2', [round, rows]);
  await pool.end();
  return (performance.now() - startMs) / 1_000;
}

async function until(pool: pg.Pool, sql: string, values: unknown[]): Promise<void> {
  for (const end = performance.now() + GIVE_UP_MS; performance.now() < end; await sleep(20))
    if ((await pool.query(sql, values)).rows.length > 0) return;
  throw new Error(`not caught up within ${GIVE_UP_MS / 1_000} s`);
}
