import { metrics, trace } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { genesis } from '../core/feed.ts';
import type { FieldsOf } from '../fields-of.ts';
import { readPage, wireEventOf } from '../https/read-page.ts';
import { testFederation, type TestNode } from '../testing/test-federation.ts';
import { putRecord, testFields } from '../testing/test-records.ts';
import { createApplier } from './applier.ts';

test('a page whose list rows cannot be made leaves nothing, and no statement runs on after it was given up', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  const start = genesis('430100', 'up');
  const events = (await readPage(changsha.pools.publisher, '430100', { ...start, origin: '430100', view: 'up' })).map(wireEventOf);

  let asked = 0;
  /** Tells the fields to the judge, and fails when the list row is made. */
  const fields: FieldsOf = (...of) => {
    asked += 1;
    if (asked > events.length) throw new Error('no such schema');
    return testFields(...of);
  };
  const statements: string[] = [];
  province.pools.apply.on('acquire', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]) => {
        const [statement] = args as [string | { text: string }];
        statements.push((typeof statement === 'string' ? statement : statement.text).trim());
        return query(...args);
      },
    });
  });
  const applier = createApplier({
    adcode: '430000',
    registry: province.registry,
    fields,
    clock: { now: () => new Date() },
    pool: province.pools.apply,
    log: createLogger({ level: 'silent' }),
    meter: metrics.getMeter('test'),
    tracer: trace.getTracer('test'),
  });
  const at = { origin: '430100', view: 'up', epoch: 1, from: 0, prev: start.digest };
  const page = { ...at, road: 'https' as const, events, headSeq: events.length, heardAt: new Date(), peer: '430100', mark: null };
  await expect(applier.apply(page)).rejects.toThrow('no such schema');
  await sleep(200);
  expect(statements.some((statement) => statement.startsWith('insert into replica_bytes'))).toBe(true);
  expect(statements.at(-1)).toBe('rollback');
  const { rows } = await province.pools.app.query(`select 1 from replica_bytes where origin = '430100'`);
  expect(rows).toEqual([]);
});
