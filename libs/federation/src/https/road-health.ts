import type { Clock } from '../clock.ts';
import type { RoadHealth } from '../event-log.ts';

/** Keeps what an implementation of a road tells of itself. */
export interface RoadWatch {
  /** Notes how an exchange ended; one that waits for news counts as alive for as long as it may wait. */
  watch<T>(exchange: () => Promise<T>, mayTakeMs?: number): Promise<T>;
  read(): RoadHealth;
}

const ALIVE_MS = 15_000;

export function createRoadHealth(clock: Clock): RoadWatch {
  let lastProgressAt: Date | null = null;
  let aliveUntil = Number.NEGATIVE_INFINITY;
  let lastError: RoadHealth['lastError'] = null;
  return {
    async watch(exchange, mayTakeMs = 0) {
      const wasAlive = aliveUntil > performance.now();
      if (wasAlive) aliveUntil = performance.now() + ALIVE_MS + mayTakeMs;
      try {
        const result = await exchange();
        lastProgressAt = clock.now();
        aliveUntil = performance.now() + ALIVE_MS;
        lastError = null;
        return result;
      } catch (error) {
        const { code = 'INTERNAL', message = '', remedy = '' } = (error ?? {}) as { code?: string; message?: string; remedy?: string };
        lastError = { code, message, remedy, at: clock.now() };
        aliveUntil = Math.min(aliveUntil, performance.now() + ALIVE_MS);
        throw error;
      }
    },
    read: () => ({ isAlive: aliveUntil > performance.now(), lastProgressAt, lastError }),
  };
}
