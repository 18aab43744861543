import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metrics, trace, type Tracer } from '@opentelemetry/api';
import { createPool } from '@xiangjing/db';
import { testDatabase, type TestDatabase } from '@xiangjing/db/testing';
import { createHttpServer, createLogger, type FastifyInstance } from '@xiangjing/platform';
import type pg from 'pg';
import { createApplier, type Applier, type ApplierOptions } from '../apply/applier.ts';
import type { Clock } from '../clock.ts';
import { createComparisons, type Comparisons } from '../comparison/comparisons.ts';
import { createEgressWorker, type EgressOptions, type EgressWorker } from '../egress/egress-worker.ts';
import type { EventLog } from '../event-log.ts';
import { initRegistry } from '../registry/init-registry.ts';
import { createInvitation } from '../registry/invitation.ts';
import { joinFederation } from '../registry/join-federation.ts';
import { ensureNodeKey, type Signer } from '../registry/keys.ts';
import { openRegistry, type RegistryStore } from '../registry/registry-store.ts';
import type { Link } from '../roads/link.ts';
import { createLogPublisher } from '../roads/log-publisher.ts';
import { createLogReader, type LogReader } from '../roads/log-reader.ts';
import { createPullLink } from '../roads/pull-link.ts';
import { createPushLink, type PushLinkOptions } from '../roads/push-link.ts';
import { applyRoutes } from '../routes/apply-routes.ts';
import { publisherRoutes } from '../routes/publisher-routes.ts';
import { testFields } from './test-records.ts';

export const PROVINCE = '430000';

export interface TestNodeOptions {
  clock?: Clock;
  tracer?: Tracer;
  egress?: Partial<Pick<EgressOptions, 'project' | 'guard' | 'scan' | 'pool'>>;
  applier?: Partial<Pick<ApplierOptions, 'verify'>>;
  fetch?: typeof fetch;
  /** Time that passes faster. */
  nowMs?: () => number;
}
type LinkChange = Partial<Pick<PushLinkOptions, 'fetch' | 'clock' | 'kafka' | 'heartbeatMs' | 'release' | 'answerWant'>>;
export interface TestNode {
  adcode: string;
  database: TestDatabase;
  pools: Record<'app' | 'egress' | 'publisher' | 'apply', pg.Pool>;
  dataDir: string;
  signer: Signer;
  registry: RegistryStore;
  server: FastifyInstance;
  url: string;
  applier: Applier;
  /** Asks nothing of anybody until a test says so. */
  comparisons: Comparisons;
  log: string[];
  egress(more?: TestNodeOptions['egress']): EgressWorker;
  push(more?: LinkChange): Link;
  pull(more?: LinkChange): Link;
  /** At the province: its feed to the log, and its reading of all cities' from there. */
  logPublisher(kafka: EventLog): Link;
  logReader(kafka: EventLog): LogReader;
  close(): Promise<void>;
}

/** One node with its own database, keys and server; its worker and links run when a test says so. */
export async function testNode(adcode: string, options: TestNodeOptions = {}): Promise<TestNode> {
  const { clock = { now: () => new Date() }, tracer = trace.getTracer('test') } = options;
  const database = await testDatabase(adcode);
  const dataDir = await mkdtemp(join(tmpdir(), 'xiangjing-federation-'));
  const lost: Error[] = [];
  const open = (url: string) => createPool(url, { max: 4, onLost: (error) => lost.push(error) });
  const pools = {
    app: open(database.app),
    egress: open(database.egress),
    publisher: open(database.publisher),
    apply: open(database.apply),
  };
  const log: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line: string) => void log.push(line) } });
  const meter = metrics.getMeter('test');
  const signer = await ensureNodeKey(dataDir, adcode);
  const registry = await openRegistry({ pool: pools.app, dataDir });
  const common = { adcode, registry, clock, log: logger, meter, tracer };
  const applierOptions: ApplierOptions = { ...common, pool: pools.apply, fields: testFields, ...options.applier };
  const applier = createApplier(applierOptions);
  const comparisons = createComparisons({ ...applierOptions, signer, random: () => 0 });
  const server = createHttpServer({ log: logger, bodyLimitBytes: 1024 * 1024 });
  publisherRoutes({ ...common, pool: pools.publisher, longPollMs: 2_000, release: 'test' })(server);
  let logReader: LogReader | undefined;
  applyRoutes({
    ...applierOptions,
    applier,
    release: 'test',
    readsLog: (feed) => logReader?.readsLog(feed) ?? false,
    held: comparisons.held,
    wants: (origin, view) => comparisons.wants(origin, view),
    ...(adcode === PROVINCE ? { rootKeyDir: dataDir } : {}),
  })(server);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const running = { ...common, random: () => 0, ...(options.nowMs ? { nowMs: options.nowMs } : {}) };
  const link = { ...running, signer, release: 'test', ...(options.fetch ? { fetch: options.fetch } : {}) };
  return {
    adcode,
    database,
    pools,
    dataDir,
    signer,
    registry,
    server,
    url,
    applier,
    comparisons,
    log,
    egress: (more = {}) =>
      createEgressWorker({
        ...common,
        pool: pools.egress,
        signer,
        fields: testFields,
        descriptorDigest: () => null,
        ...options.egress,
        ...more,
      }),
    push: (more = {}) => createPushLink({ ...link, pool: pools.publisher, ...more }),
    pull: (more = {}) => createPullLink({ ...link, pool: pools.apply, applier, longPollMs: 2_000, ...more }),
    logPublisher: (kafka) => createLogPublisher({ ...running, pool: pools.publisher, kafka }),
    logReader: (kafka) => (logReader = createLogReader({ ...running, pool: pools.apply, applier, kafka })),
    async close() {
      await server.close();
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestFederation {
  province: TestNode;
  cities: TestNode[];
  [Symbol.asyncDispose](): Promise<void>;
}

const NAMES: Record<string, string> = { '430000': '湖南省', '430100': '长沙市', '430200': '株洲市', '430300': '湘潭市' };

/** The province and cities that have joined it over HTTP. */
export async function testFederation(adcodes: readonly string[], options: TestNodeOptions = {}): Promise<TestFederation> {
  const clock = options.clock ?? { now: () => new Date() };
  const province = await testNode(PROVINCE, options);
  const about = (node: TestNode) => ({
    pool: node.pools.app,
    dataDir: node.dataDir,
    adcode: node.adcode,
    nameZh: NAMES[node.adcode]!,
    release: 'test',
  });
  await initRegistry({ ...about(province), url: province.url, clock });
  await province.registry.refresh();
  const cities: TestNode[] = [];
  for (const adcode of adcodes) {
    const city = await testNode(adcode, options);
    cities.push(city);
    const { invitation } = await createInvitation({ ...about(province), adcode, ttlMs: 60_000, clock });
    await joinFederation({ ...about(city), invitation, clock });
    await city.registry.refresh();
  }
  const close = async () => {
    for (const node of [...cities, province]) await node.close();
  };
  return { province, cities, [Symbol.asyncDispose]: close };
}
