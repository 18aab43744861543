import type { Runtime } from '../runtime.ts';
import { feedGauges } from '../feed-gauges.ts';

/** The node's own state: status of feeds and peers, and the gauges of outbox and lag. */
export const operationsTarget = {
  module: { name: 'operations', needs: [], start: (runtime: Runtime) => feedGauges(runtime) },
};
