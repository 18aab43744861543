import { metrics } from '@opentelemetry/api';
import { createLogger } from '@xiangjing/platform';
import { createWantAnswerer, type WantAnswerer } from '../comparison/answer-want.ts';
import { createComparisons, type Comparisons, type ComparisonsOptions } from '../comparison/comparisons.ts';
import type { TestNode } from './test-federation.ts';
import { testFields } from './test-records.ts';

const commonOf = (node: TestNode) => {
  const logger = createLogger({ level: 'debug', destination: { write: (line: string) => void node.log.push(line) } });
  const { adcode, registry, signer } = node;
  return { adcode, registry, signer, clock: { now: () => new Date() }, log: logger, meter: metrics.getMeter('test') };
};

/** The comparisons of a node's apply target; they run when a test says so. */
export const comparing = (node: TestNode, more: Partial<ComparisonsOptions> = {}): Comparisons =>
  createComparisons({ ...commonOf(node), pool: node.pools.apply, fields: testFields, random: () => 0, ...more });

/** What a city's push link does when the province wants a comparison. */
export const answering = (node: TestNode): WantAnswerer =>
  createWantAnswerer({ ...commonOf(node), pool: node.pools.publisher, pauseMs: 0 });
