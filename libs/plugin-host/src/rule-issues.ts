import { RuleIssue, z, type Issue, type Plugin } from '@xiangjing/scenario-sdk';
import { LIMITS } from './limits.ts';

/** What a validator of this plug-in may answer: issues whose rule it has a text for. */
export const ruleOutput = (plugin: Plugin): z.ZodType<RuleIssue[]> =>
  z.array(RuleIssue.extend({ rule: z.enum(Object.keys(plugin.rules ?? {})) })).max(LIMITS.issues);

/** A finding in the words of its rule. */
export function toIssue(plugin: Plugin, { rule, pointer, values = {} }: RuleIssue): Issue {
  const text = plugin.rules?.[rule];
  const fill = (template: string): string => template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { pointer: `/attrs${pointer}`, code: 'RULE_VIOLATED', message: fill(text?.zh ?? rule), remedy: fill(text?.remedyZh ?? '') };
}
