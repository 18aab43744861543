import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Promises that a plug-in made and nobody awaits. Left alone, one that is rejected ends the node; here it is told to the guard
 * under whose call it was made. The listener is the process's, so it is one for all guards.
 */
const making = new AsyncLocalStorage<(reason: unknown) => void>();
let guards = 0;

function onRejection(reason: unknown): void {
  const tell = making.getStore();
  if (!tell) throw reason; // no plug-in made it: a fault of the node, which ends as usual
  tell(reason);
}

/** Starts watching; the function it gives stops again. */
export function watchOrphans(): () => void {
  guards += 1;
  if (guards === 1) process.on('unhandledRejection', onRejection);
  let watching = true;
  return () => {
    if (!watching) return;
    watching = false;
    guards -= 1;
    if (guards === 0) process.off('unhandledRejection', onRejection);
  };
}

/** Runs `fn`; what it forgets is told to `tell`. */
export const attributed = <T>(tell: (reason: unknown) => void, fn: () => T): T => making.run(tell, fn);
