export interface Random {
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number;
  pick<T>(from: readonly T[]): T;
}

/** The same seed gives the same sequence on every machine (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: (from) => {
      const item = from[below(from.length)];
      if (item === undefined) throw new RangeError('nothing to pick from: the list is empty');
      return item;
    },
  };
}
