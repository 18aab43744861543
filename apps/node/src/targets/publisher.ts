import { createPushLink, publisherRoutes } from '@xiangjing/federation';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import type { Runtime } from '../runtime.ts';

/** Serves stored feed bytes and, at a city, pushes them to the province: sees feed and relay rows only. */
export const publisherTarget = {
  mount: (runtime: Runtime) => {
    publisherRoutes({
      pool: runtime.pool('publisher'),
      adcode: runtime.node.adcode,
      registry: runtime.registry,
      clock: runtime.clock,
      log: runtime.log,
      meter: runtime.telemetry.meter,
      longPollMs: runtime.config.federation.longPollMs,
    })(runtime.app);
  },
  module: {
    name: 'publisher',
    needs: [],
    start: async (runtime: Runtime) => {
      if (runtime.node.adcode === PROVINCE) return;
      const link = createPushLink({
        pool: runtime.pool('publisher'),
        adcode: runtime.node.adcode,
        signer: runtime.signer,
        registry: runtime.registry,
        clock: runtime.clock,
        log: runtime.log,
        meter: runtime.telemetry.meter,
        tracer: runtime.telemetry.tracer,
        heartbeatMs: runtime.config.federation.heartbeatMs,
      });
      await link.start();
      return { stop: () => link.stop() };
    },
  },
};
