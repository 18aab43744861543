import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** One node's process: whatever it has under way is lost when it dies; what it committed stays. */
export interface Process {
  readonly adcode: string;
  isUp(): boolean;
  /** Later, unless the process dies before. */
  in(ms: number, action: () => void): void;
  /** Guards a callback: it does nothing once the process that gave it has died. */
  alive<A extends unknown[]>(action: (...args: A) => void): (...args: A) => void;
  /** A transaction: `change` takes effect as a whole after a while or never; `then` may be lost although it did. */
  commit(change: () => void, then: () => void): void;
  crash(): void;
  start(): void;
}

export function createProcess(
  adcode: string,
  { timeline, random, deaths }: { timeline: Timeline; random: Random; deaths: { inTransaction: number } },
  { boot, die }: { boot(process: Process): void; die(): void },
): Process {
  let life = 0;
  let isUp = false;
  const process: Process = {
    adcode,
    isUp: () => isUp,
    alive(action) {
      const born = life;
      return (...args) => {
        if (born === life) action(...args);
      };
    },
    in(ms, action) {
      timeline.in(ms, process.alive(action));
    },
    commit(change, then) {
      if (random.chance(deaths.inTransaction)) process.in(random.between(0, 30), die);
      process.in(random.between(1, 20), () => {
        change();
        process.in(random.between(0, 10), then);
      });
    },
    crash() {
      life += 1;
      isUp = false;
    },
    start() {
      if (isUp) return;
      life += 1;
      isUp = true;
      boot(process);
    },
  };
  return process;
}

/** One piece of work at a time; each ends by calling what it is given. */
export function createQueue(): { add(work: (end: () => void) => void): void; length(): number } {
  const waiting: ((end: () => void) => void)[] = [];
  const next = () => waiting[0]?.(end);
  const end = () => {
    waiting.shift();
    next();
  };
  return {
    add(work) {
      waiting.push(work);
      if (waiting.length === 1) next();
    },
    length: () => waiting.length,
  };
}
