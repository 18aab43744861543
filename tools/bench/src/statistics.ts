export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: percentile(sorted, 50), min: sorted.at(0) ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** Nearest rank over the sorted values; the median of an even number lies between the two in the middle. */
export function percentile(sorted: readonly number[], percent: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (percent / 100) * sorted.length;
  const upper = sorted[Math.max(Math.ceil(place), 1) - 1]!;
  if (percent !== 50 || sorted.length % 2 === 1) return upper;
  return (upper + sorted[sorted.length / 2]!) / 2;
}
