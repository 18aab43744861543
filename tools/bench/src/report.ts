import { cpus, loadavg } from 'node:os';
import { spread, type Spread } from './statistics.ts';

/** One measure of one benchmark: ours and its yardstick, round by round, from the same run. */
export interface Measure {
  name: string;
  unit: string;
  ours: readonly number[];
  /** Left out where a bound alone is the goal, and another measure of the report has the yardstick. */
  yardstick?: readonly number[];
  /** What ours ÷ yardstick, or ours itself, should reach. */
  goal?: ({ ratio: number } | { bound: number }) & { is: 'at least' | 'at most' };
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
export const ratios = ({ ours, yardstick = [] }: Measure): number[] => ours.map((value, i) => value / yardstick[i]!);

export function reaches(measure: Measure & { goal: NonNullable<Measure['goal']> }): boolean {
  const { goal } = measure;
  const [value, wanted] = 'ratio' in goal ? [spread(ratios(measure)).median, goal.ratio] : [spread(measure.ours).median, goal.bound];
  return goal.is === 'at least' ? value >= wanted : value <= wanted;
}

function goalText({ goal, ...measure }: Measure): string {
  if (!goal) return '–';
  const wanted = 'ratio' in goal ? goal.ratio : `${number(goal.bound)} ${measure.unit}`;
  return `${goal.is} ${wanted}: ${reaches({ ...measure, goal }) ? 'reached' : 'not reached'}`;
}

export function markdown({ title, command, conditions, measures }: Report): string {
  const rows = measures.map((m) =>
    [
      `${m.name}, ${m.unit}`,
      ranged(spread(m.ours)),
      m.yardstick ? ranged(spread(m.yardstick)) : '–',
      m.yardstick ? `**${ranged(spread(ratios(m)))}**` : '–',
      goalText(m),
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
