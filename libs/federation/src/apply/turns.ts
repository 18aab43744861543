import { setTimeout as sleep } from 'node:timers/promises';

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Pages read and parsed at one time: the processor and the database are busy with two, and each more would only hold memory. */
const AT_ONCE = 2;
/** A page that waits, as on a locked row, does not count any longer: what one feed cannot do now holds no other up. */
const PATIENCE_MS = 1_000;

/**
 * Runs a few works at a time, in the order asked. What is pushed to a province and what it reads itself have turns of their own: at
 * worst it holds two pages of each.
 */
export function createTurns({ atOnce = AT_ONCE, patienceMs = PATIENCE_MS } = {}): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;

  const begin = async (): Promise<void> => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve)); // the place is handed over, not given back
  };
  const end = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return async (work) => {
    await begin();
    const over = new AbortController();
    const givenUp = sleep(patienceMs, undefined, { signal: over.signal, ref: false }).then(end, () => false as const);
    try {
      return await work();
    } finally {
      over.abort();
      if ((await givenUp) === false) end();
    }
  };
}
