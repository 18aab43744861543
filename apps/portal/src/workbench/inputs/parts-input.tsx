import { useTranslation } from 'react-i18next';
import type { InputProps } from './input-props.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without the parts that are empty; undefined when nothing is left. */
function withPart(whole: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> | undefined {
  const kept = Object.entries({ ...whole, [name]: value }).filter(([, part]) => part !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** An object part by part. */
export function PartsInput({ pointer, schema, value, onChange, issues, isDisabled, Item }: InputProps) {
  const { t } = useTranslation();
  const whole = isObject(value) ? value : {};
  return (
    <div className="inner">
      {Object.entries(schema.properties ?? {}).map(([name, part]) => {
        const isRequired = schema.required?.includes(name) ?? false;
        return (
          <Item
            key={name}
            pointer={`${pointer}/${name}`}
            schema={part}
            label={part.title ?? name}
            remark={isRequired ? undefined : t('edit.optional')}
            value={whole[name]}
            onChange={(next) => onChange(withPart(whole, name, next))}
            issues={issues}
            isRequired={isRequired}
            isDisabled={isDisabled}
          />
        );
      })}
    </div>
  );
}
