import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { controlId } from '../../fields/pointer.ts';
import type { InputProps } from './input-props.ts';
import { PartsInput } from './parts-input.tsx';

/** A list of objects: each a group of its own, to be added and taken away. */
export function RowsInput({ pointer, schema, value, onChange, issues, isDisabled, Item }: InputProps) {
  const { t } = useTranslation();
  const rows: unknown[] = Array.isArray(value) ? value : [];
  const replace = (next: unknown[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <>
      {rows.map((row, i) => (
        <fieldset key={i} className="row" id={controlId(`${pointer}/${i}`)} tabIndex={-1}>
          <legend className="vh">{t('edit.row', { number: i + 1 })}</legend>
          <PartsInput
            pointer={`${pointer}/${i}`}
            schema={schema.items ?? {}}
            label={t('edit.row', { number: i + 1 })}
            value={row}
            onChange={(next) => replace(rows.map((old, at) => (at === i ? (next ?? {}) : old)))}
            issues={issues}
            isRequired
            Item={Item}
            isDisabled={isDisabled}
          />
          <Button disabled={isDisabled === true} onClick={() => replace(rows.filter((_, at) => at !== i))}>
            {t('edit.remove', { number: i + 1 })}
          </Button>
        </fieldset>
      ))}
      <Button disabled={isDisabled === true || rows.length >= (schema.maxItems ?? Infinity)} onClick={() => replace([...rows, {}])}>
        {t('edit.add')}
      </Button>
    </>
  );
}
