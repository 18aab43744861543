import { createRequire } from 'node:module';
import { expect, test, vi } from 'vitest';
import { applyIdleOverride } from './idle-override.ts';

interface Queue {
  throttledUntil: number;
  pending: unknown[];
  throttleCheckTimeoutId: unknown;
  checkPendingRequests(): void;
  destroy(): void;
}
const require = createRequire(import.meta.url);
const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: object) => Queue;
const queue = () =>
  new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, enforceRequestTimeout: false, logger: { debug: () => {} } });

test('a connection with nothing to send arms no timer; a stock one does, over and over', () => {
  vi.useFakeTimers();
  const stock = queue();
  stock.checkPendingRequests();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(1);
  stock.destroy();

  applyIdleOverride();
  applyIdleOverride();
  const idle = queue();
  idle.checkPendingRequests();
  expect(vi.getTimerCount()).toBe(0);
  const throttled = queue();
  throttled.throttledUntil = Date.now() + 500;
  throttled.checkPendingRequests();
  expect(vi.getTimerCount()).toBe(1);
  throttled.destroy();
  vi.useRealTimers();
});
