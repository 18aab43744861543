import { labelText } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../fields/field-groups.ts';
import { Icon } from '../../ui/icon.tsx';
import type { RecordView } from '../../views.ts';
import { missingFields, valueIn } from './tasks.ts';

interface Check {
  name: string;
  text: string;
  isDone: boolean;
}

/** What stands between this draft and submitting or publishing it, as saved. */
export function CheckPanel({ record, fields }: { record: RecordView; fields: readonly Field[] }) {
  const { t } = useTranslation();
  const valueOf = valueIn(record);
  const total = fields.filter((field) => field.need === 'submit').length;
  const missing = missingFields(fields, valueOf, 'submit').length;
  const later = missingFields(fields, valueOf, 'publish').length;
  const checks: Check[] = [
    {
      name: t('edit.check.required'),
      text: missing > 0 ? t('edit.check.requiredText', { total, missing }) : t('edit.check.requiredDone', { count: total }),
      isDone: missing === 0,
    },
    {
      name: t('edit.check.publish'),
      text: later > 0 ? t('edit.check.publishText', { count: later }) : t('edit.check.publishDone'),
      isDone: later === 0,
    },
    {
      name: t('edit.check.label'),
      text: record.classified && record.label ? t('edit.check.labelDone', { text: labelText(record.label) }) : t('edit.check.labelMissing'),
      isDone: record.classified,
    },
    ...(record.unchecked ? [{ name: t('edit.check.unchecked'), text: t('edit.check.uncheckedText'), isDone: false }] : []),
  ];
  return (
    <aside className="check" aria-labelledby="check-heading">
      <h2 id="check-heading">{t('edit.check.aside')}</h2>
      <ul>
        {checks.map(({ name, text, isDone }) => (
          <li key={name}>
            <Icon name={isDone ? 'check' : 'attention'} className={isDone ? 'ok' : 'late'} />
            <div>
              {name}
              <small>{text}</small>
            </div>
          </li>
        ))}
      </ul>
    </aside>
  );
}
