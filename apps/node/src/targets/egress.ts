import { createEgressWorker } from '@xiangjing/federation';
import { DomainCode } from '@xiangjing/scenario-sdk';
import type { Runtime } from '../runtime.ts';

/** Turns intents into feed rows: the only process that reads raw records for others. */
export const egressTarget = {
  module: {
    name: 'egress',
    needs: [],
    start: async (runtime: Runtime) => {
      const { plugins, node, overrides } = runtime;
      const worker = createEgressWorker({
        pool: runtime.pool('egress'),
        adcode: node.adcode,
        signer: runtime.signer,
        fields: runtime.fields,
        descriptorDigest: (domain) => plugins.descriptor(DomainCode.parse(domain))?.digest ?? null,
        clock: runtime.clock,
        log: runtime.log,
        meter: runtime.telemetry.meter,
        tracer: runtime.telemetry.tracer,
        ...(overrides.project ? { project: overrides.project } : {}),
        ...(overrides.guard ? { guard: overrides.guard } : {}),
      });
      await worker.start();
      return { stop: () => worker.stop() };
    },
  },
};
