import type { Actor } from '@xiangjing/authorization';
import { createDb, type Db } from '@xiangjing/db';
import { testDatabase, type TestDatabase } from '@xiangjing/db/testing';
import { createLogger } from '@xiangjing/platform';
import { createPluginHost, type PluginHost } from '@xiangjing/plugin-host';
import { findNode, type Plugin } from '@xiangjing/scenario-sdk';
import pg from 'pg';
import { catalogueRouter, createPeers, operationsRouter, problemOf, router, type Problem, type ServiceContext } from '../index.ts';
import { AGENCY, ENTERPRISE, STRANGER, SUSPENDED } from './people.ts';
import { brokenPlugin, testPlugin } from './plugin.ts';

export const appRouter = router({ catalogue: catalogueRouter, operations: operationsRouter });
type Caller = ReturnType<typeof appRouter.createCaller>;

/** One node's services on a database of their own: real logins, a clock that stands until it is moved, no network. */
export interface World extends AsyncDisposable {
  db: Db;
  /** Addresses of the logins, for what listens. */
  database: Pick<TestDatabase, 'app' | 'apply'>;
  clock: { now(): Date; set(instant: string): void };
  context(actor: Actor, more?: Partial<ServiceContext>): ServiceContext;
  as(actor: Actor, more?: Partial<ServiceContext>): Caller;
  /** Runs SQL as the superuser: to look, or to break something. */
  sql<T extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>;
  woken(): number;
  /** Holds the row of a record until so many statements wait for it, then lets go: a race that is sure to happen. */
  race<T>(recordId: string, calls: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]>;
}

export async function createWorld(options: { adcode?: string; plugins?: readonly object[] } = {}): Promise<World> {
  const adcode = options.adcode ?? '430100';
  const database = await testDatabase(adcode);
  const db = createDb(database.app);
  const superPool = new pg.Pool({ connectionString: database.super, max: 2 });
  superPool.on('error', () => undefined);
  let now = new Date('2026-11-24T09:00:00+08:00');
  const clock = { now: () => now, set: (instant: string) => void (now = new Date(instant)) };
  const log = createLogger({ level: 'silent' });
  const plugins = await hostOf(options.plugins ?? [testPlugin, brokenPlugin], clock);
  let woken = 0;
  const context: World['context'] = (actor, more = {}) => ({
    node: { adcode, nameZh: findNode(adcode)!.nameZh, release: '0.1.0' },
    actor,
    db,
    clock,
    log,
    plugins,
    peers: createPeers({}),
    channel: 'trpc',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    wakeEgress: () => void (woken += 1),
    ...more,
  });
  const sql: World['sql'] = async (text, values) => (await superPool.query(text, values)).rows as never;
  await registerSamples(sql, adcode);
  return {
    db,
    database,
    clock,
    context,
    as: (actor, more) => appRouter.createCaller(context(actor, more)),
    sql,
    woken: () => woken,
    race: async (recordId, calls) => {
      const holder = await superPool.connect();
      await holder.query('begin');
      await holder.query('select from record where id = $1 for update', [recordId]);
      const answers = Promise.allSettled(calls.map((call) => call()));
      let waiting = 0;
      for (let tries = 0; waiting < calls.length && tries < 300; tries++) {
        await new Promise((done) => setTimeout(done, 10));
        const [row] = await sql<{ n: string }>(
          `select count(*) n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        waiting = Number(row!.n);
      }
      await holder.query('commit');
      holder.release();
      if (waiting < calls.length) throw new Error(`only ${waiting} of ${calls.length} came to wait`);
      return answers;
    },
    async [Symbol.asyncDispose]() {
      plugins.close();
      await db.$disconnect();
      await superPool.end();
      await database.drop();
    },
  };
}

export const hostOf = (plugins: readonly object[], clock: { now(): Date }): Promise<PluginHost> =>
  createPluginHost({
    plugins: plugins.map((plugin) => ({ domain: (plugin as Plugin).domain, load: () => Promise.resolve({ plugin: plugin as Plugin }) })),
    log: createLogger({ level: 'silent' }),
    clock,
  });

async function registerSamples(sql: World['sql'], region: string): Promise<void> {
  const rows = [
    [AGENCY, '示例水务局', 'active'],
    [ENTERPRISE, '示例航空科技公司', 'active'],
    [STRANGER, '示例交通局', 'active'],
    [SUSPENDED, '示例停用单位', 'suspended'],
  ];
  for (const row of rows)
    await sql(`insert into organisation (uscc, name, type, region, state) values ($1, $2, 'agency', $4, $3)`, [...row, region]);
}

/** The problem that a call was refused with; a call that succeeds fails the test. */
export async function refused(call: Promise<unknown>): Promise<Problem> {
  const answer = await call.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ problem: problemOf(error, { traceId: 'trace', instance: '/x' }), error }),
  );
  if ('problem' in answer) {
    if (answer.problem.code === 'INTERNAL') throw answer.error;
    return answer.problem;
  }
  throw new Error(`expected a refusal, got ${JSON.stringify(answer.value).slice(0, 300)}`);
}
