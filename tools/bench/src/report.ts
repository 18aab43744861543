import { cpus, loadavg } from 'node:os';
import { spread, type Spread } from './statistics.ts';

/** One measure of one benchmark: ours and its yardstick, round by round, from the same run. */
export interface Measure {
  name: string;
  unit: string;
  ours: readonly number[];
  yardstick: readonly number[];
  /** What ours ÷ yardstick should reach. */
  goal: { ratio: number; is: 'at least' | 'at most' };
}
export interface Report {
  title: string;
  command: string;
  conditions: string;
  measures: Measure[];
}

/** What else the machine was doing when a benchmark began: above its number of cores, the figures are of a busy machine. */
export const busyness = (): string => `load average ${loadavg()[0]!.toFixed(1)} at the start`;

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toLocaleString('en', { maximumSignificantDigits: 3 });
const ranged = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}–${number(max)})`;

/** Ratios round by round, so that a disturbance of the machine strikes both sides. */
export const ratios = ({ ours, yardstick }: Measure): number[] => ours.map((value, i) => value / yardstick[i]!);

export function reaches(measure: Measure): boolean {
  const { median } = spread(ratios(measure));
  return measure.goal.is === 'at least' ? median >= measure.goal.ratio : median <= measure.goal.ratio;
}

export function markdown({ title, command, conditions, measures }: Report): string {
  const rows = measures.map((m) =>
    [
      `${m.name}, ${m.unit}`,
      ranged(spread(m.ours)),
      ranged(spread(m.yardstick)),
      `**${ranged(spread(ratios(m)))}**`,
      `${m.goal.is} ${m.goal.ratio}: ${reaches(m) ? 'reached' : 'not reached'}`,
    ].join(' | '),
  );
  return [
    `## ${title}`,
    '',
    `\`${command}\` · ${conditions} · ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`,
    '',
    '| measure | ours: median (min–max) | yardstick | ours ÷ yardstick | goal |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}
