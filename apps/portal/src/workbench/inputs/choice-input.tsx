import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { choicesOf } from './choices.ts';
import { controlProps } from './control-props.ts';
import type { InputProps } from './input-props.ts';

/** Many choices, or several at once: a list that can be searched by name. */
export function ChoiceInput(props: InputProps) {
  const { t } = useTranslation();
  const { schema, value, onChange } = props;
  const isSeveral = schema.type === 'array';
  const chosen = isSeveral ? (Array.isArray(value) ? value : []) : (value ?? null);
  return (
    <Select<unknown>
      {...controlProps(props)}
      {...(isSeveral ? { mode: 'multiple' as const, maxCount: schema.maxItems } : {})}
      className="choice"
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      placeholder={t('edit.choose')}
      value={chosen}
      options={choicesOf(isSeveral ? (schema.items ?? {}) : schema)}
      onChange={(next) => onChange(Array.isArray(next) && next.length === 0 ? undefined : (next ?? undefined))}
    />
  );
}
