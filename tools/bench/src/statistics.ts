export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: percentile(sorted, 50), min: sorted.at(0) ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** How much the values rise per unit of `at`, by least squares. */
export function slope(points: readonly { at: number; value: number }[]): number {
  const mean = (read: (point: { at: number; value: number }) => number) => points.reduce((sum, p) => sum + read(p), 0) / points.length;
  const [at, value] = [mean((p) => p.at), mean((p) => p.value)];
  return mean((p) => (p.at - at) * (p.value - value)) / mean((p) => (p.at - at) ** 2);
}

/** Nearest rank over the sorted values; the median of an even number lies between the two in the middle. */
export function percentile(sorted: readonly number[], percent: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (percent / 100) * sorted.length;
  const upper = sorted[Math.max(Math.ceil(place), 1) - 1]!;
  if (percent !== 50 || sorted.length % 2 === 1) return upper;
  return (upper + sorted[sorted.length / 2]!) / 2;
}
