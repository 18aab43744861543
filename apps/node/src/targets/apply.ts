import { applyRoutes, createApplier, createPullLink, type Applier, type ApplierOptions } from '@xiangjing/federation';
import { prepareSearch } from '@xiangjing/db';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import type { Runtime } from '../runtime.ts';

/** Takes what arrives: pushes at the province, pulls at a city; the only process that writes replicas. */
export const applyTarget = {
  mount: (runtime: Runtime) => {
    const options = applierOptions(runtime);
    const root = runtime.node.adcode === PROVINCE ? { rootKeyDir: runtime.config.dataDir } : {};
    applyRoutes({ ...options, applier: createApplier(options), ...root })(runtime.app);
  },
  module: {
    name: 'apply',
    needs: [],
    start: async (runtime: Runtime) => {
      await prepareSearch();
      if (runtime.node.adcode === PROVINCE) return;
      const options = applierOptions(runtime);
      const applier: Applier = createApplier(options);
      const link = createPullLink({ ...options, signer: runtime.signer, applier, longPollMs: runtime.config.federation.longPollMs });
      await link.start();
      return { stop: () => link.stop() };
    },
  },
};

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
