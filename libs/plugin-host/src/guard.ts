import type { z } from 'zod';
import { createBreaker, type Breaker } from './breaker.ts';
import { LIMITS } from './limits.ts';
import { attributed, watchOrphans } from './orphans.ts';
import { faultOf, withDeadline } from './with-deadline.ts';

/**
 * The one way into plug-in code. Every call has a deadline, an output that is checked before anybody reads it, and a breaker
 * per plug-in and point. A promise that a plug-in forgot to await is attributed to it and trips its breaker instead of ending
 * the node. What runs in this process can still block it: a synchronous loop or an exit is not contained here.
 */
export interface Guard {
  run<T>(call: GuardedCall<T>): Promise<CallOutcome<T>>;
  openUntil(plugin: string, point: string): number | null;
  /** Stops watching for forgotten promises. */
  close(): void;
}

export interface GuardedCall<T> {
  plugin: string;
  point: string;
  output: z.ZodType<T>;
  deadlineMs?: number;
  fn: (signal: AbortSignal) => unknown;
}
export type CallOutcome<T> = { ok: true; value: T } | { ok: false; why: 'threw' | 'late' | 'bad-output' | 'open'; reason: string };

export interface HostLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}
/** A counter of calls by plug-in, point and outcome; never by record. */
export interface CallCounter {
  add(value: number, attributes: { plugin: string; point: string; outcome: string }): void;
}
export interface GuardLimits {
  deadlineMs: number;
  failures: number;
  windowMs: number;
  pauseMs: number;
}
export const GUARD_LIMITS: GuardLimits = { deadlineMs: 500, failures: 5, windowMs: 60_000, pauseMs: 30_000 };

export interface GuardOptions {
  log: HostLog;
  clock: { now(): Date };
  counter?: CallCounter | undefined;
  limits?: Partial<GuardLimits> | undefined;
}

export function createGuard({ log, clock, counter, limits }: GuardOptions): Guard {
  const { deadlineMs, ...breakerLimits } = { ...GUARD_LIMITS, ...limits };
  const breakers = new Map<string, Breaker>();
  const now = (): number => clock.now().getTime();

  const breakerOf = (plugin: string, point: string): Breaker => {
    const key = `${plugin} ${point}`;
    const breaker = breakers.get(key) ?? createBreaker(breakerLimits);
    breakers.set(key, breaker);
    return breaker;
  };
  const orphaned = (plugin: string, point: string) => (reason: unknown) => {
    breakerOf(plugin, point).failed(now());
    counter?.add(1, { plugin, point, outcome: 'orphan' });
    log.warn({ plugin, point, fault: faultOf(reason) }, 'a promise of a plug-in was rejected and nobody awaited it');
  };
  const unwatch = watchOrphans();

  return {
    async run(call) {
      const { plugin, point } = call;
      const breaker = breakerOf(plugin, point);
      if (!breaker.admits(now())) {
        counter?.add(1, { plugin, point, outcome: 'open' });
        return { ok: false, why: 'open', reason: 'failed too often, paused' };
      }
      const outcome = await attributed(orphaned(plugin, point), () => attempt(call, call.deadlineMs ?? deadlineMs));
      counter?.add(1, { plugin, point, outcome: outcome.ok ? 'ok' : outcome.why });
      if (outcome.ok) breaker.succeeded();
      else {
        breaker.failed(now());
        log.warn({ plugin, point, why: outcome.why, reason: outcome.reason }, 'a plug-in call failed');
      }
      return outcome;
    },
    openUntil: (plugin, point) => breakers.get(`${plugin} ${point}`)?.openUntil() ?? null,
    close: unwatch,
  };
}

async function attempt<T>({ fn, output }: GuardedCall<T>, deadlineMs: number): Promise<CallOutcome<T>> {
  const result = await withDeadline(fn, deadlineMs);
  return result.ok ? checked(output, result.value) : result;
}

/** What comes back is a stranger's: measured, copied as plain JSON, then parsed. */
function checked<T>(output: z.ZodType<T>, result: unknown): CallOutcome<T> {
  const bad = (reason: string): CallOutcome<T> => ({ ok: false, why: 'bad-output', reason });
  try {
    const text = JSON.stringify(result) ?? 'null';
    if (Buffer.byteLength(text) > LIMITS.outputBytes) return bad(`more than ${LIMITS.outputBytes} bytes`);
    const parsed = output.safeParse(JSON.parse(text));
    return parsed.success ? { ok: true, value: parsed.data } : bad('not of the agreed shape');
  } catch (error) {
    return bad(faultOf(error));
  }
}
