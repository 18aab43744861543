import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { valueAt } from './read-sources.ts';

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表',
  object: '键和值',
  record: '键和值',
};
const typeOf = (expected: string): string => TYPES[expected] ?? expected;
const unitOf = (origin: string): string => (origin === 'string' ? ' 个字' : origin === 'array' ? ' 项' : '');

/** What is wrong with a value, for the person who wrote it. A schema's own message comes before these. */
export function valueMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `应是${typeOf(issue.expected)}`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return '不能为空';
      return `${issue.inclusive === false ? '应大于' : '不能少于'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? '应小于' : '不能多于'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
    case 'invalid_union':
      return '没有这种取值';
    default:
      return '格式不对';
  }
}

/** What to write instead: the values that are taken, the one that was meant first. Names no written value, which may be a secret. */
export function valueRemedy(issue: z.core.$ZodIssue, written: unknown): string {
  const taken = takenBy(issue, written);
  if (taken.some(({ value, at }) => typeof value === 'string' && typeof at === 'number' && value === String(at))) return '给它加上引号。';
  const values = [...new Set(taken.map(({ value }) => String(value)))];
  if (values.length > 0) return `${meant(taken)}可写：${values.join('、')}。`;
  return issue.code === 'invalid_type' ? (REMEDIES[issue.expected] ?? '照此改正。') : '照此改正。';
}

const REMEDIES: Record<string, string> = {
  string: '写成文字；看着像数字的要加引号。',
  number: '写成数字，不加引号。',
  int: '写成整数，不加引号。',
  array: '写成列表，如 [一项, 另一项]。',
  object: '在它下面缩进着写键和值。',
  record: '在它下面缩进着写键和值。',
};

interface Taken {
  value: unknown;
  /** What stands in its place now. */
  at: unknown;
}

/** Every value that would be taken here, through the options of a union. */
function takenBy(issue: z.core.$ZodIssue, written: unknown): Taken[] {
  if (issue.code === 'invalid_value') return issue.values.map((value) => ({ value, at: written }));
  if (issue.code === 'invalid_type' && issue.expected === 'boolean') return [true, false].map((value) => ({ value, at: written }));
  if (issue.code !== 'invalid_union') return [];
  return issue.errors.flat().flatMap((inner) => takenBy(inner, valueAt(written, inner.path)));
}

function meant(taken: readonly Taken[]): string {
  const values = taken.map(({ value }) => String(value));
  const near = taken.flatMap(({ at }) => (typeof at === 'string' ? (nearest(at, values) ?? []) : [])).at(0);
  return near === undefined ? '' : `是否想写 ${near}？`;
}
