import { DomainError } from '@xiangjing/scenario-sdk';

/** What answers in time, or BROKER_UNAVAILABLE: kafkajs lets some calls wait for ever. */
export async function withinMs<T>(ms: number, what: string, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let give: (() => void) | undefined;
  work.catch(() => {}); // it may fail after it was given up
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new DomainError('BROKER_UNAVAILABLE', `${what}: no answer in ${ms} ms`, { remedy: BROKER_REMEDY })),
          ms,
        );
        give = () => reject(signal!.reason as Error);
        if (signal?.aborted) give();
        signal?.addEventListener('abort', give);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (give) signal?.removeEventListener('abort', give);
  }
}

export const BROKER_REMEDY = 'see that the brokers run and can be reached from here; until then everything goes by HTTPS';

/** A pause that an abort ends early. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    signal?.addEventListener('abort', end);
  });

/** Waits until the work has ended, well or not, or the time is up. */
export async function atMostMs(ms: number, work: Promise<unknown>): Promise<void> {
  const ended = new AbortController();
  const over = () => ended.abort();
  work.then(over, over);
  await pause(ms, ended.signal);
}

/** Ends a client, or lets it go: one without brokers may wait for ever. */
export const dispose = (client: { disconnect(): Promise<void> }): Promise<void> => atMostMs(DISPOSAL_MS, client.disconnect());
const DISPOSAL_MS = 1_900;
