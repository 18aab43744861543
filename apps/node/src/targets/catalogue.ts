import { catalogueModule } from '@xiangjing/services';
import type { Runtime } from '../runtime.ts';
import { contextMaker } from '../http/context.ts';

/** Organisations, records and lists; its routes are mounted with the API. */
export const catalogueTarget = {
  module: {
    name: 'catalogue',
    needs: [],
    start: (runtime: Runtime) => catalogueModule.start(contextMaker(runtime).as({ type: 'job', name: 'catalogue' }, { channel: 'job' })),
  },
};
