import { prepareSearch } from '@xiangjing/db';
import { catalogueModule } from '@xiangjing/services';
import { contextMaker } from '../http/context.ts';
import type { Runtime } from '../runtime.ts';

/** Organisations, records and lists; its routes are mounted with the API. */
export const catalogueTarget = {
  module: {
    name: 'catalogue',
    needs: [],
    start: async (runtime: Runtime) => {
      await prepareSearch();
      const { as } = contextMaker(runtime);
      return catalogueModule.start({ jobContext: (name) => as({ type: 'job', name }, { channel: 'job' }) });
    },
  },
};
