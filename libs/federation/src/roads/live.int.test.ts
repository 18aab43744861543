import { expect, test } from 'vitest';
import { createServer } from 'node:http';
import { recordingTracer } from '../testing/recording-tracer.ts';
import { testFederation, type TestNode } from '../testing/test-federation.ts';
import { changeRecord, putRecord, testCore } from '../testing/test-records.ts';
import { federationRequestCount } from '../watching/request-count.ts';
import type { Link } from './link.ts';

const TIMEOUT_MS = 5_000;
/** Waits for a state by asking again and again; how long it took. */
async function until(what: string, holds: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > TIMEOUT_MS) throw new Error(`not within ${TIMEOUT_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - startedAt;
}
const hasRev = (node: TestNode, id: string, rev: number) => async () =>
  ((await node.pools.app.query('select rev from replica where record_id = $1', [id])).rows[0]?.rev ?? 0) >= rev;
const cursorOf = async (node: TestNode, origin: string, view: string) =>
  (await node.pools.app.query('select * from peer_cursor where origin = $1 and view = $2', [origin, view])).rows[0];

/** Worker and links of a city, running. */
async function run(city: TestNode): Promise<{ links: Link[]; stop(): Promise<void> }> {
  const worker = city.egress();
  const links = [city.push(), city.pull()];
  await worker.start();
  for (const link of links) await link.start();
  return {
    links,
    async stop() {
      await worker.stop();
      for (const link of links) await link.stop();
    },
  };
}

test('what a city commits is at the province and at the other city at once, and no city is ever asked', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const runs = [await run(changsha), await run(zhuzhou)];
  const before = federationRequestCount();
  try {
    const warm = await putRecord(changsha.pools.app, '430100');
    await changsha.pools.app.query(`select pg_notify('xiangjing_intent', '')`);
    await until('the first record', hasRev(zhuzhou, warm, 1));
    const taken: number[] = [];
    for (let rev = 2; rev < 7; rev += 1) {
      await changeRecord(changsha.pools.app, warm, { core: { title: `第 ${rev} 版的名称` } });
      await changsha.pools.app.query(`select pg_notify('xiangjing_intent', '')`);
      taken.push(await until(`rev ${rev} at the province`, hasRev(province, warm, rev)));
      await until(`rev ${rev} at the other city`, hasRev(zhuzhou, warm, rev));
    }
    expect(taken.toSorted((a, b) => a - b)[2]).toBeLessThan(500);
    expect(federationRequestCount()).toBeGreaterThan(before);
    for (const city of cities) expect(city.log.filter((line) => line.includes('/federation/v1'))).toEqual([]);
  } finally {
    for (const each of runs) await each.stop();
  }
});

test('a province that was away is caught up with, and its age shows meanwhile', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  let isAway = true;
  const through: typeof fetch = (input, init) => (isAway ? Promise.reject(new Error('no route')) : fetch(input, init));
  const worker = changsha.egress();
  const links = [changsha.push({ fetch: through }), changsha.pull({ fetch: through })];
  await worker.start();
  for (const link of links) await link.start();
  try {
    const id = await putRecord(changsha.pools.app, '430100');
    const pushError = async () =>
      (await changsha.pools.app.query(`select error_code from push_cursor where view = 'up'`)).rows[0]?.error_code;
    await until('the error is noted', async () => (await pushError()) === 'UPSTREAM_UNAVAILABLE');
    expect(await cursorOf(province, '430100', 'up')).toBeUndefined();
    isAway = false;
    await until('the record', hasRev(province, id, 1));
    await until('the error is gone', async () => (await pushError()) === null);
    expect(await cursorOf(changsha, '430000', 'down')).toMatchObject({ seq: 0 });
  } finally {
    await worker.stop();
    for (const link of links) await link.stop();
  }
});

test('a heartbeat without events says that the node is there', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  await changsha.push().drain();
  const first = await cursorOf(province, '430100', 'up');
  expect(first).toMatchObject({ seq: 0, head_seq: 0, applied_at: null });
  await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  await changsha.push().drain();
  const second = await cursorOf(province, '430100', 'up');
  expect(second).toMatchObject({ seq: 1, head_seq: 1 });
  expect(second.heard_at.getTime()).toBeGreaterThan(first.heard_at.getTime());
});

test('a node whose clock is an hour off signs by the time of the province', async () => {
  await using federation = await testFederation(['430100']);
  const { province, cities } = federation;
  const [changsha] = cities as [TestNode];
  const clock = { now: () => new Date(Date.now() - 3_600_000) };
  const id = await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  await changsha.push({ clock }).drain();
  expect(await hasRev(province, id, 1)()).toBe(true);
  const { rows } = await changsha.pools.app.query(`select clock_skew_ms from push_cursor where view = 'up'`);
  expect(Math.abs(rows[0].clock_skew_ms - 3_600_000)).toBeLessThan(10_000);
});

test('one trace joins the write, egress, push and apply', async () => {
  const tracer = recordingTracer();
  await using federation = await testFederation(['430100', '430200'], { tracer });
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const traceId = 'a'.repeat(31) + '1';
  const headers: string[] = [];
  const spying: typeof fetch = (input, init) => {
    headers.push(new Headers(init?.headers).get('traceparent') ?? '');
    return fetch(input, init);
  };
  const id = await putRecord(changsha.pools.app, '430100', { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` });
  await changsha.egress().drain();
  await changsha.push({ fetch: spying }).drain();
  await zhuzhou.pull().drain();
  const inTrace = tracer.spans.filter((span) => span.traceId === traceId).map((span) => span.name);
  expect(inTrace.filter((name) => name === 'federation.egress')).toHaveLength(3);
  expect(inTrace.filter((name) => name === 'federation.push').length).toBeGreaterThan(0);
  expect(inTrace.filter((name) => name === 'federation.apply')).toHaveLength(3);
  expect(headers.filter((header) => header.includes(traceId)).length).toBeGreaterThan(0);
  for (const node of [province, zhuzhou]) {
    const { rows } = await node.pools.app.query('select distinct trace_id from inbox where record_id = $1', [id]);
    expect(rows).toEqual([{ trace_id: traceId }]);
  }
});

test('a database set back to an older copy is noticed: nothing is pushed over', async () => {
  await using federation = await testFederation(['430100']);
  const { cities } = federation;
  const [changsha] = cities as [TestNode];
  await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  await changsha.push().drain();
  const { createPool } = await import('@xiangjing/db');
  const owner = createPool(changsha.database.super);
  await owner.query('truncate feed, feed_head, projection_sent, push_cursor; update egress_cursor set seq = 0');
  await owner.end();
  await putRecord(changsha.pools.app, '430100');
  await changsha.egress().drain();
  await expect(changsha.push().drain()).rejects.toMatchObject({ code: 'EQUIVOCATION' });
  const { rows } = await changsha.pools.app.query(`select error_code from push_cursor where view = 'up'`);
  expect(rows).toEqual([{ error_code: 'EQUIVOCATION' }]);
});

test('redirects are not followed: a signed request goes where the invitation said', async () => {
  await using federation = await testFederation(['430100']);
  const [changsha] = federation.cities as [TestNode];
  const asked: string[] = [];
  const decoy = createServer((req, res) => {
    asked.push(req.url!);
    res.writeHead(307, { location: federation.province.url + req.url }).end();
  });
  await new Promise<void>((resolve) => decoy.listen(0, '127.0.0.1', resolve));
  const { port } = decoy.address() as { port: number };
  const through: typeof fetch = (input, init) => fetch(new URL(new URL(String(input)).pathname, `http://127.0.0.1:${port}`), init);
  await expect(changsha.push({ fetch: through }).drain()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(asked).toHaveLength(1);
  decoy.close();
});

test('a backlog larger than one page goes over in pages, above the body limit of other routes', async () => {
  await using federation = await testFederation(['430100', '430200']);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const core = { ...testCore('医疗物资无人机配送'), problem: '长'.repeat(20_000) };
  for (let i = 0; i < 40; i += 1) await putRecord(changsha.pools.app, '430100', { core });
  await changsha.egress().drain();
  const sizes: number[] = [];
  const weighing: typeof fetch = (input, init) => {
    sizes.push(String(init?.body ?? '').length);
    return fetch(input, init);
  };
  await changsha.push({ fetch: weighing }).drain();
  await zhuzhou.pull().drain();
  expect(Math.max(...sizes)).toBeGreaterThan(1024 * 1024);
  expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024);
  for (const node of [province, zhuzhou]) expect((await node.pools.app.query('select from replica')).rows).toHaveLength(40);
});
