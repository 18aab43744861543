import { expect } from 'vitest';
import { feedDigests } from '../comparison/feed-digests.ts';
import type { EventLog } from '../event-log.ts';
import { testFederation, type TestFederation, type TestNode, type TestNodeOptions } from './test-federation.ts';
import { putRecord } from './test-records.ts';

interface Part {
  start(): Promise<void>;
  stop(): Promise<unknown>;
}
export interface TestRoads extends TestFederation {
  changsha: TestNode;
  zhuzhou: TestNode;
  run(...parts: Part[]): Promise<void>;
  /** The province's and a city's ends of both roads; a city without `kafka` has HTTPS alone. */
  runProvince(kafka: EventLog): Promise<void>;
  runCity(city: TestNode, more: { kafka?: EventLog; fetch?: typeof fetch }): Promise<void>;
  /** Events that cities have pushed. */
  pushed(): number;
  publish(node: TestNode): Promise<string>;
  /** A record of Changsha is at the province and at the other city. */
  arrives(id: Promise<string>): Promise<void>;
  /** What was sent equals what is held, at the province and at the other city. */
  isWhole(): Promise<boolean>;
}

const PATIENCE_MS = 25_000;

export const expectSoon = async (what: () => Promise<unknown>, is: unknown = true, timeout = PATIENCE_MS): Promise<void> => {
  await expect.poll(what, { timeout, interval: 50 }).toEqual(is);
};
export const rowsOf = async (node: TestNode, sql: string, values: unknown[] = []) => (await node.pools.app.query(sql, values)).rows;
export const holds = async (node: TestNode, id: string): Promise<boolean> =>
  (await rowsOf(node, 'select 1 from replica where record_id = $1', [id])).length === 1;
/** How many events came by which road. */
export const roadsOf = async (node: TestNode): Promise<Record<string, number>> =>
  Object.fromEntries((await rowsOf(node, 'select road, count(*)::int from inbox group by road')).map(({ road, count }) => [road, count]));
/** By which road event `seq` of Changsha's feeds came. */
export const roadOf = async (node: TestNode, seq: number): Promise<string[]> =>
  (await rowsOf(node, `select view, road from inbox where origin = '430100' and seq = $1 order by view`, [seq])).map(
    (row) => `${row.view} ${row.road}`,
  );
/** Of a city's feeds, read and written, none needs HTTPS: as often as that took over, the log has taken back. */
export const isOnLogAlone = async (node: TestNode): Promise<boolean> => {
  const count = (text: string) => node.log.filter((line) => line.includes(text)).length;
  return count('HTTPS takes over beside Kafka') === count('Kafka carries alone again');
};
export const cursorOf = async (node: TestNode, origin: string, view: string) =>
  (await rowsOf(node, 'select * from peer_cursor where origin = $1 and view = $2', [origin, view]))[0];
export const refusalsOf = async (node: TestNode): Promise<string[]> =>
  (await rowsOf(node, 'select code, origin, view from refusal order by id')).map(({ code, origin, view }) => `${code} ${origin}/${view}`);

/** The province, Changsha and Zhuzhou with real databases, on whatever log a test opens for them. */
export async function testRoads(options: TestNodeOptions = {}): Promise<TestRoads> {
  const federation = await testFederation(['430100', '430200'], options);
  const { province, cities } = federation;
  const [changsha, zhuzhou] = cities as [TestNode, TestNode];
  const running: Part[] = [];
  let pushed = 0;

  const counting = (send: typeof fetch): typeof fetch => {
    return async (input, init) => {
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as { events?: unknown[] }) : {};
      pushed += body.events?.length ?? 0;
      return send(input, init);
    };
  };
  async function run(...parts: Part[]): Promise<void> {
    for (const part of parts) {
      await part.start();
      running.push(part);
    }
  }
  const rootOf = async (node: TestNode, side: string, view: string) =>
    (await feedDigests(node.pools.app, node.adcode)).find((d) => d.side === side && d.origin === '430100' && d.view === view)?.root;

  return {
    ...federation,
    changsha,
    zhuzhou,
    run,
    runProvince: (kafka) => run(province.egress(), province.logPublisher(kafka), province.logReader(kafka)),
    async runCity(city, { kafka, fetch: send = fetch }) {
      const more = { heartbeatMs: 500, fetch: counting(send), ...(kafka ? { kafka } : {}) };
      await run(city.egress(), city.push(more), city.pull(more));
    },
    pushed: () => pushed,
    async publish(node) {
      const id = await putRecord(node.pools.app, node.adcode);
      await node.pools.app.query(`select pg_notify('xiangjing_intent', '')`);
      return id;
    },
    async arrives(id) {
      for (const node of [province, zhuzhou]) await expectSoon(async () => holds(node, await id));
    },
    async isWhole() {
      const [up, peer] = [await rootOf(changsha, 'sent', 'up'), await rootOf(changsha, 'sent', 'peer')];
      return up === (await rootOf(province, 'received', 'up')) && peer === (await rootOf(zhuzhou, 'received', 'peer'));
    },
    async [Symbol.asyncDispose]() {
      for (const part of running.toReversed()) await part.stop();
      await federation[Symbol.asyncDispose]();
    },
  };
}
