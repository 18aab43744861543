/** Share of the calendar year that is over, in whole per cent: the tick beside a yearly target. */
export function yearPassed(now: Date): number {
  const year = now.getUTCFullYear();
  const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  return Math.round(((+now - start) / (end - start)) * 100);
}
