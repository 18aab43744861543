export type InTime = { ok: true; value: unknown } | { ok: false; why: 'threw' | 'late'; reason: string };

const LATE = Symbol('late');

/** Runs a stranger's function, sync or async, and waits no longer than `deadlineMs`; its signal is aborted when it is over. */
export async function withDeadline(fn: (signal: AbortSignal) => unknown, deadlineMs: number): Promise<InTime> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), deadlineMs);
  });
  try {
    const value = await Promise.race([Promise.resolve().then(() => fn(abort.signal)), deadline]);
    return value === LATE ? { ok: false, why: 'late', reason: `not done within ${deadlineMs} ms` } : { ok: true, value };
  } catch (error) {
    return { ok: false, why: 'threw', reason: faultOf(error) };
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Kind and place of an error without its text, which may hold the attributes the plug-in was given. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return `threw a ${typeof error}`;
  const frame = /\n\s+at (.{1,200})/.exec(error.stack?.slice(-4000) ?? '')?.[1];
  return frame ? `${error.name} at ${frame}` : error.name;
}
