import type { z } from 'zod';

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组字段',
};
const FORMATS: Record<string, string> = {
  date: '应为日期，如 2027-06-30。',
  datetime: '应为带时区的时间，如 2027-06-30T09:00:00Z。',
  email: '应为邮箱地址。',
  url: '应为网址。',
};

const unitOf = (origin: string): string => (origin === 'string' ? '个字' : origin === 'array' ? '项' : '');

/** What zod found, in words for the person who typed the value. A schema's own message comes before these. */
export function valueMessage(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return '缺少这一项。';
  switch (issue.code) {
    case 'invalid_type':
      return `应为${TYPES[issue.expected] ?? issue.expected}。`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return '不能为空。';
      return unitOf(issue.origin) ? `至少 ${issue.minimum} ${unitOf(issue.origin)}。` : `不能小于 ${issue.minimum}。`;
    case 'too_big':
      return unitOf(issue.origin) ? `最多 ${issue.maximum} ${unitOf(issue.origin)}。` : `不能大于 ${issue.maximum}。`;
    case 'invalid_value':
      return `只能是 ${issue.values.slice(0, 20).map(String).join('、')}${issue.values.length > 20 ? ' 等' : ''}。`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? '格式不对。';
    default:
      return '不符合要求。';
  }
}
