import { createRequire } from 'node:module';

interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}
const MADE_FOR = '2.2.4';
const require = createRequire(import.meta.url);
let isApplied = false;

/**
 * kafkajs arms a timer again and again for each connection whose request queue is empty (tulios/kafkajs#1751): some 2.5 % of a
 * core per idle process. With nothing waiting and nothing throttled, no timer is needed: the next request checks the queue itself.
 */
export function applyIdleOverride(): void {
  if (isApplied) return;
  const { version } = require('kafkajs/package.json') as { version: string };
  if (version !== MADE_FOR)
    throw new Error(`the idle override was made for kafkajs ${MADE_FOR}, not ${version}: read its request queue anew`);
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const stock = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    stock.call(this);
  };
  isApplied = true;
}
