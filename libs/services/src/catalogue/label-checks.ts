import { atLeast, isFloored, labelText, pointerTo, type FieldDirectory, type Issue, type Label } from '@xiangjing/scenario-sdk';

/** Faults of an own label as proposed: a whole label must satisfy its own floors. */
export function labelIssues(label: Label): Issue[] {
  if (isFloored(label)) return [];
  const message = `标签 ${labelText(label)} 低于自身各项的底线`;
  return [{ pointer: '/label', code: 'LABEL_FLOOR', message, remedy: '例如 L3 及以上不开放（oN），个人信息至少 L2，敏感个人信息至少 L4' }];
}

/** Faults of labels raised per field: known paths only, never under the floor of the schema or what was set before. */
export function fieldLabelIssues(fieldLabels: Record<string, Label>, fields: FieldDirectory, before: Record<string, Label> = {}): Issue[] {
  return Object.entries(fieldLabels).flatMap(([path, label]): Issue[] => {
    const pointer = pointerTo('/fieldLabels', [path]);
    const entry = fields.get(path);
    if (!entry)
      return [
        {
          pointer,
          code: 'FIELD_UNKNOWN',
          message: `没有“${path}”这个字段`,
          remedy: '写作 core.<字段> 或 attrs.<属性>，见 /api/v1/vocabulary',
        },
      ];
    if (!isFloored(label)) return [{ ...labelIssues(label)[0]!, pointer }];
    const floor = [entry.label, before[path]].find((bound) => bound && !atLeast(label, bound));
    if (!floor) return [];
    const message = `“${entry.titleZh}”的标签不能低于 ${labelText(floor)}`;
    return [{ pointer, code: 'LABEL_LOWERING', message, remedy: '字段的标签只能提高' }];
  });
}
