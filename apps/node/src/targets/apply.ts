import {
  applyRoutes,
  createApplier,
  createComparisons,
  createLogReader,
  createPullLink,
  type Applier,
  type ApplierOptions,
  type Comparisons,
  type EventLog,
  type LogReader,
} from '@xiangjing/federation';
import { prepareSearch } from '@xiangjing/db';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { eventLog } from '../event-log.ts';
import type { Runtime } from '../runtime.ts';

/** What of the apply target is there before the server listens: its routes answer with what these know. */
interface Parts {
  applier: Applier;
  comparisons: Comparisons;
  kafka: EventLog | undefined;
  /** At the province only: a city reads the log by its pull link. */
  reader: LogReader | undefined;
}
const parts = new WeakMap<Runtime, Parts>();

/** Takes what arrives: pushes and topics at the province, pulls and topics at a city; the only process that writes replicas. */
export const applyTarget = {
  mount: (runtime: Runtime) => {
    const options = applierOptions(runtime);
    const { applier, comparisons, reader } = partsOf(runtime);
    applyRoutes({
      ...options,
      applier,
      held: comparisons.held,
      wants: (origin, view) => comparisons.wants(origin, view),
      readsLog: (feed) => reader?.readsLog(feed) ?? false,
      release: runtime.node.release,
      ...(runtime.node.adcode === PROVINCE ? { rootKeyDir: runtime.config.dataDir } : {}),
    })(runtime.app);
  },
  module: {
    name: 'apply',
    needs: [],
    start: async (runtime: Runtime) => {
      await prepareSearch();
      const { applier, comparisons, kafka, reader } = partsOf(runtime);
      const { heartbeatMs, longPollMs } = runtime.config.federation;
      const options = { ...applierOptions(runtime), signer: runtime.signer, applier, kafka, heartbeatMs, longPollMs };
      const link = runtime.node.adcode === PROVINCE ? reader : createPullLink({ ...options, release: runtime.node.release });
      await link?.start();
      await comparisons.start();
      return {
        stop: async () => {
          await Promise.all([comparisons.stop(), link?.stop(), kafka?.close()]); // a broker that does not answer holds none up
        },
      };
    },
  },
};

function partsOf(runtime: Runtime): Parts {
  const made = parts.get(runtime) ?? makeParts(runtime);
  parts.set(runtime, made);
  return made;
}

function makeParts(runtime: Runtime): Parts {
  const options = applierOptions(runtime);
  const applier = createApplier(options);
  const kafka = eventLog(runtime);
  return {
    applier,
    kafka,
    comparisons: createComparisons({ ...options, signer: runtime.signer }),
    reader: kafka && runtime.node.adcode === PROVINCE ? createLogReader({ ...options, applier, kafka }) : undefined,
  };
}

const applierOptions = (runtime: Runtime): ApplierOptions => ({
  pool: runtime.pool('apply'),
  adcode: runtime.node.adcode,
  registry: runtime.registry,
  fields: runtime.fields,
  clock: runtime.clock,
  log: runtime.log,
  meter: runtime.telemetry.meter,
  tracer: runtime.telemetry.tracer,
});
