/**
 * One call at a time for any number of callers; after a failure that failure is the answer for `restMs`, so that a server in trouble
 * is not stormed and its callers do not each wait for it.
 */
export function rested<A extends unknown[], T>(ask: (...args: A) => Promise<T>, restMs: number): (...args: A) => Promise<T> {
  let running: Promise<T> | undefined;
  let failure: { error: unknown; until: number } | undefined;
  return (...args) => {
    if (running) return running;
    if (failure && performance.now() < failure.until) return Promise.reject(failure.error);
    running = ask(...args)
      .catch((error: unknown) => {
        failure = { error, until: performance.now() + restMs };
        throw error;
      })
      .finally(() => (running = undefined));
    return running;
  };
}
