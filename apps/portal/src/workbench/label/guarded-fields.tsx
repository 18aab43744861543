import type { Label } from '@xiangjing/scenario-sdk';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../fields/field-groups.ts';
import { labelWords } from './label-words.ts';
import { audiencesOf } from './propose-label.ts';

interface GuardedFieldsProps {
  fields: readonly Field[];
  label: Label;
  whole: ReadonlySet<string>;
  onToggle: (path: string) => void;
}

/** The fields that have a level of their own, who sees them under the label chosen, and whether that level is to hold for all. */
export function GuardedFields({ fields, label, whole, onToggle }: GuardedFieldsProps) {
  const { t } = useTranslation();
  if (fields.length === 0) return <p className="note">{t('edit.label.fieldsNone')}</p>;
  const audiences = (field: Field) => audiencesOf(field, label).map((audience) => t(`edit.label.audience.${audience}`));
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('edit.label.fields')}>
      <table className="grid plain-grid">
        <thead>
          <tr>
            {(['field', 'level', 'effect', 'whole'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`edit.label.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.path}>
              <th scope="row">{field.title}</th>
              <td>{labelWords(t, field.label)}</td>
              <td>{audiences(field).join(t('words.separator')) || t('edit.label.local')}</td>
              <td>
                <Checkbox
                  checked={whole.has(field.path)}
                  onChange={() => onToggle(field.path)}
                  aria-label={t('edit.label.withWhole', { title: field.title })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
