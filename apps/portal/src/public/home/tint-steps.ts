/** Four tints for a set of counts: round bounds near its quartiles, so that the key reads ≤14, 15–19, 20–29, ≥30. */
export function stepsOf(counts: readonly number[]): { ranges: string[]; stepOf(count: number): number } {
  const sorted = [...counts].sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const round = (n: number) => (n <= 10 ? n : Math.round(n / 5) * 5);
  const bounds = [0.25, 0.5, 0.8].map((share) => Math.max(1, round(quantile(share))));
  const lower = [...new Set(bounds)].sort((a, b) => a - b);
  const ranges = [0, ...lower].map((from, i) => {
    const next = lower[i];
    if (next === undefined) return `≥${from}`;
    if (from === 0) return next === 1 ? '0' : `≤${next - 1}`;
    return next - 1 === from ? `${from}` : `${from}–${next - 1}`;
  });
  return { ranges, stepOf: (count) => 1 + lower.filter((bound) => count >= bound).length };
}
