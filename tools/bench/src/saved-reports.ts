const INTRO =
  '# Benchmarks\n\nOurs and its yardstick, interleaved in one run on one machine. Goals are targets, not promises.\nWritten by `npm run bench -- --save`; each part names its command and how busy the machine was.\n';

const numberOf = (part: string): number => Number(/^## B(\d+)/.exec(part)?.[1] ?? 0);

/** The page of all reports: those just measured in place of their older ones, in the order of their numbers. */
export function mergeReports(page: string, fresh: readonly string[]): string {
  const parts = new Map<number, string>();
  for (const part of [...page.split(/^(?=## B)/m).filter((text) => text.startsWith('## B')), ...fresh])
    parts.set(numberOf(part), `${part.trimEnd()}\n`);
  return [INTRO, ...[...parts].sort(([a], [b]) => a - b).map(([, part]) => part)].join('\n');
}
