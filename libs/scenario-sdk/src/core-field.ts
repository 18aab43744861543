import type { z } from 'zod';
import type { Kind } from './kinds.ts';
import type { Label } from './label.ts';

/** When a kind needs a field: to submit, to publish, never, made by the node itself, or the kind does not have it. */
export type Need = 'submit' | 'publish' | 'optional' | 'derived' | 'absent';

/** The parts of the form, in order. */
export const CORE_GROUPS = [
  { code: 'basics', titleZh: '基本信息' },
  { code: 'contact', titleZh: '单位与联系人' },
  { code: 'place', titleZh: '场景与领域' },
  { code: 'need', titleZh: '需求说明' },
  { code: 'supply', titleZh: '能力说明' },
  { code: 'proof', titleZh: '示范成效' },
  { code: 'metrics', titleZh: '指标与验收' },
  { code: 'terms', titleZh: '条件与支持方式' },
  { code: 'data', titleZh: '数据与安全' },
  { code: 'internal', titleZh: '内部备注' },
] as const;
export type CoreGroup = (typeof CORE_GROUPS)[number]['code'];

/**
 * One field that every node knows, whatever plug-ins it has. `label` is its floor: an author may raise it. The JSON Schema of
 * `schema` carries `title` for nested fields and `x-zh` for the codes of a choice.
 */
export interface CoreField {
  name: string;
  path: `core.${string}`;
  need: Record<Kind, Need>;
  label: Label;
  personal: boolean;
  /** Part of the listed metadata: what remains of a record at L3. */
  listed: boolean;
  group: CoreGroup;
  titleZh: string;
  titleEn: string;
  hintZh?: string;
  schema: z.ZodType;
}
