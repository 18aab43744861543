export interface LoopOptions {
  /** One round. True: go on at once; false: wait for a wake-up or `idleMs`. */
  step(signal: AbortSignal): Promise<boolean>;
  idleMs: number | (() => number);
  onError(error: unknown): void;
  random?: () => number;
  firstPauseMs?: number;
  longestPauseMs?: number;
}
export interface Loop {
  start(): void;
  /** Cuts a wait for work short; not a pause after an error. */
  wake(): void;
  stop(): Promise<void>;
}

/** The next pause after an error: doubled up to a limit, and jittered so that cities do not come back all at once. */
export const pauseAfter = (errors: number, { first, longest, random }: { first: number; longest: number; random: () => number }): number =>
  Math.min(longest, first * 2 ** Math.min(errors - 1, 10)) * (0.5 + random() / 2);

/** Runs rounds one after another until stopped. A round that fails is tried again after a pause; nothing else stops the loop. */
export function createLoop(options: LoopOptions): Loop {
  const { step, idleMs, onError, random = Math.random, firstPauseMs = 250, longestPauseMs = 5_000 } = options;
  const stopping = new AbortController();
  let isWoken = false;
  let resume: (() => void) | undefined;
  let running: Promise<void> | undefined;

  const wait = (ms: number, canWake: boolean) =>
    new Promise<void>((resolve) => {
      if (stopping.signal.aborted || (canWake && isWoken)) return resolve();
      const end = () => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', end);
        resume = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      stopping.signal.addEventListener('abort', end);
      if (canWake) resume = end;
    });

  async function run(): Promise<void> {
    let errors = 0;
    while (!stopping.signal.aborted) {
      isWoken = false;
      try {
        const goOn = await step(stopping.signal);
        errors = 0;
        if (!goOn) await wait(typeof idleMs === 'number' ? idleMs : idleMs(), true);
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError(error);
        errors += 1;
        await wait(pauseAfter(errors, { first: firstPauseMs, longest: longestPauseMs, random }), false);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    wake() {
      isWoken = true;
      resume?.();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
