import { metrics, trace } from '@opentelemetry/api';
import { createPool } from '@xiangjing/db';
import { testDatabase } from '@xiangjing/db/testing';
import { createLogger } from '@xiangjing/platform';
import { PRESETS, recordId } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { append, genesis, type FeedPosition } from '../core/feed.ts';
import { eventBytes, upsertedEvent } from '../egress/event-bytes.ts';
import type { IncomingPage } from '../event-log.ts';
import { OWNER, testFields, uuidv7 } from '../testing/test-records.ts';
import { createApplier } from './applier.ts';

const [ORIGIN, VIEW] = ['430100', 'up'] as const;
const PAGE = 500;

function pageAfter(start: FeedPosition): { page: IncomingPage; end: FeedPosition } {
  let end = start;
  const events = Array.from({ length: PAGE }, (_, index) => {
    const core = { title: `第${start.seq + index}号机会`, domains: ['healthcare'], region: ORIGIN, ownerUscc: OWNER };
    const labels = Object.fromEntries(Object.keys(core).map((name) => [`core.${name}`, PRESETS.pub]));
    const head = { id: recordId(ORIGIN, 'opportunity', uuidv7()), kind: 'opportunity', rev: 1, stage: 'published' } as const;
    const rest = { suspended: false, shape: 'full', attrs: {}, schema: 0, descriptor: null, label: PRESETS.pub, withheld: [] } as const;
    const content = upsertedEvent({ ...head, ...rest, withheld: [], core, labels }, 'healthcare');
    const place = { origin: ORIGIN, view: VIEW, time: new Date(), traceparent: undefined };
    const { position, bytes } = append(end, (at) => eventBytes(content, { ...place, ...at }));
    end = position;
    return { bytes: bytes.toString('base64'), signature: '' };
  });
  const at = { origin: ORIGIN, view: VIEW, epoch: 1, from: start.seq, prev: start.digest };
  return { page: { ...at, road: 'https', events, headSeq: end.seq, heardAt: new Date(), peer: ORIGIN, mark: null }, end };
}

test('a page reads its own records and no others, however many are here and whatever the planner knows of them', async () => {
  await using database = await testDatabase('430000');
  const pool = createPool(database.apply, { max: 1 });
  const watcher = createPool(database.super, { max: 1 });
  const applier = createApplier({
    pool,
    adcode: '430000',
    registry: {
      trust: () => null,
      current: () => null,
      signed: () => null,
      node: () => undefined,
      refresh: async () => {},
      accept: async () => null as never,
    },
    fields: testFields,
    clock: { now: () => new Date() },
    log: createLogger({ level: 'error', destination: 'stderr' }),
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
    verify: async () => null,
  });
  const rowsRead = async (): Promise<number> => {
    await pool.query('select pg_stat_force_next_flush()');
    const { rows } = await watcher.query<{ read: number }>(
      `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as read from pg_stat_user_tables
       where relname in ('replica_bytes', 'replica', 'listed_record', 'inbox')`,
    );
    return rows[0]!.read;
  };
  try {
    let cursor = genesis(ORIGIN, VIEW);
    const read: number[] = [];
    for (let pages = 0; pages < 8; pages += 1) {
      const { page, end } = pageAfter(cursor);
      const before = await rowsRead();
      expect(await applier.apply(page)).toMatchObject({ applied: PAGE, fault: null });
      read.push((await rowsRead()) - before);
      cursor = end;
    }
    expect(Math.max(...read)).toBeLessThan(4 * PAGE);
  } finally {
    await Promise.all([pool.end(), watcher.end()]);
  }
});
