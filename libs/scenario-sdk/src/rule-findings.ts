import type { RuleIssue, RuleText } from './plugin.ts';

/**
 * Makes the findings of a plug-in's rules; a rule without a text is a compile error.
 * @example const { block } = findings(RULES); block('insurance-period', '/insurance/until', { until: '2027-01-01' })
 */
export function findings<R extends string>(_rules: Record<R, RuleText>) {
  type Values = Record<string, string | number>;
  const finding =
    (severity: RuleIssue['severity']) =>
    (rule: R, pointer: string, values: Values = {}): RuleIssue => ({ pointer, severity, rule, values });
  return { block: finding('block'), warn: finding('warn') };
}
