/** Opens after `failures` in `windowMs`, lets one call try again after `pauseMs`, closes when that succeeds. */
export interface Breaker {
  /** False: open, do not call. */
  admits(now: number): boolean;
  succeeded(): void;
  failed(now: number): void;
  /** When it will let a call try again, or null while closed. */
  openUntil(): number | null;
}

export function createBreaker({ failures, windowMs, pauseMs }: { failures: number; windowMs: number; pauseMs: number }): Breaker {
  let recent: number[] = [];
  let until: number | null = null;
  let trying = false;
  return {
    admits(now) {
      if (until === null) return true;
      if (now < until || trying) return false;
      trying = true;
      return true;
    },
    succeeded() {
      [recent, until, trying] = [[], null, false];
    },
    failed(now) {
      recent = [...recent.filter((at) => at > now - windowMs), now];
      if (trying || recent.length >= failures) until = now + pauseMs;
      trying = false;
    },
    openUntil: () => until,
  };
}
