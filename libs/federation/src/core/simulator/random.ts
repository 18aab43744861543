export interface Random {
  /** From 0 to below 1. */
  float(): number;
  int(below: number): number;
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** The only source of chance in a simulation: the same seed gives the same numbers for ever (mulberry32). */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const float = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number) => Math.floor(float() * below);
  return {
    float,
    int,
    between: (least, most) => least + int(most - least + 1),
    chance: (probability) => float() < probability,
    pick: (items) => items[int(items.length)]!,
  };
}
