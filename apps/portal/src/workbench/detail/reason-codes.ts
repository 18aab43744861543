import type { LifecycleVerb } from '@xiangjing/scenario-sdk';
import type { zhCn } from '../../i18n/zh-cn.ts';

type ReasonCode = keyof typeof zhCn.verbs.code;

/** Why people usually do this; what fits none of them is `other`, in their own words. */
const CODES: Partial<Record<LifecycleVerb, readonly ReasonCode[]>> = {
  return: ['incomplete', 'unclear', 'unmeasurable', 'out-of-scope', 'duplicate'],
  suspend: ['incident', 'objection'],
  resume: ['resolved', 'mistake'],
  withdraw: ['no-longer-needed', 'done-elsewhere', 'mistake'],
};
export const reasonCodes = (verb: LifecycleVerb): ReasonCode[] => [...(CODES[verb] ?? []), 'other'];
