import { testDatabase } from '@xiangjing/db/testing';
import type { FederationStatus } from '@xiangjing/services';
import pg from 'pg';
import { expect, test } from 'vitest';
import { federationReport } from './feed-report.ts';
import { addTroubles } from './read-troubles.ts';

const feed = (origin: string, view: string, direction: 'in' | 'out') =>
  ({
    origin,
    view,
    direction,
    epoch: 1,
    seq: 3,
    headSeq: 3,
    lag: 0,
    heardAt: null,
    appliedAt: null,
    halted: null,
    lastError: null,
    road: 'https',
    isRead: true,
    roads: { kafka: 0, https: 0 },
    degraded: null,
    lastRefusal: null,
    log: null,
  }) as const;

test('tells the operator the refusals and reasons that the public status leaves out', async () => {
  const database = await testDatabase('430100');
  const db = new pg.Client({ connectionString: database.super });
  await db.connect();
  await db.query(`insert into refusal (peer, code, message, remedy) values ('430200', 'REPLAY', 'signed 400 s away', 'check its clock')`);
  await db.query(
    `insert into peer_cursor (origin, view, epoch, seq, digest, head_seq, heard_at, halted_code, halted_reason, halted_at)
     values ('430000', 'down', 1, 3, 'd', 3, now(), 'EQUIVOCATION', 'another event under number 3', now())`,
  );
  await db.query(
    `insert into push_cursor (view, epoch, seq, attempted_at, error_code, error_text) values ('up', 1, 3, now(), 'UPSTREAM_UNAVAILABLE', 'no answer')`,
  );
  await db.query(`insert into comparison values ('430000', 'down', now(), 1, 3, false, 1, 0)`);
  await db.query(`insert into repair (origin, view, record_id, rev, outcome) values ('430000', 'down', 'r', 2, 'restored')`);
  await db.end();
  const halted = { code: 'EQUIVOCATION', reason: '', at: '2026-11-24T01:00:00.000Z', remedy: '', detail: '' };
  const status = {
    feeds: [{ ...feed('430000', 'down', 'in'), halted }, feed('430100', 'up', 'out')],
    refusals: [] as object[],
    kafka: { state: 'ok' },
    nodes: [],
    asOf: '2026-11-24T01:00:00.000Z',
  };
  const seen = await addTroubles(status as unknown as FederationStatus, database.app);
  expect(seen.refusals).toMatchObject([{ peer: '430200', code: 'REPLAY', detail: 'signed 400 s away; check its clock' }]);
  expect(seen.feeds[0]).toMatchObject({ halted: { code: 'EQUIVOCATION', detail: 'another event under number 3' } });
  expect(seen.feeds[1]).toMatchObject({ lastError: { code: 'UPSTREAM_UNAVAILABLE', detail: 'no answer' } });
  expect(seen).toMatchObject({ comparisons: [{ equal: false, repaired: 1 }], repairs: [{ recordId: 'r', rev: 2, outcome: 'restored' }] });
  const lines = federationReport(seen);
  expect(lines.filter((line) => line !== '' && !/\p{Script=Han}/u.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('→'))).toHaveLength(3);
  await database.drop();
});
