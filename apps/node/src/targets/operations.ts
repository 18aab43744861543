import { operationsModule } from '@xiangjing/services';
import { feedGauges } from '../feed-gauges.ts';
import { contextMaker } from '../http/context.ts';
import type { Runtime } from '../runtime.ts';

/** The node's own state: status of feeds and peers, its gauges, and clearing what has run out. */
export const operationsTarget = {
  module: {
    name: 'operations',
    needs: [],
    start: async (runtime: Runtime) => {
      const { as } = contextMaker(runtime);
      const gauges = feedGauges(runtime);
      const jobs = await operationsModule.start({ jobContext: (name) => as({ type: 'job', name }, { channel: 'job' }) });
      return {
        stop: async () => {
          await jobs?.stop();
          await gauges.stop();
        },
      };
    },
  },
};
