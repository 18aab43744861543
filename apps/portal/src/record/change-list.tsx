import { useTranslation } from 'react-i18next';
import type { Field } from '../fields/field-groups.ts';
import { fieldText, isEmpty } from '../fields/field-text.ts';
import type { RecordHistory } from '../views.ts';

interface ChangeListProps {
  changes: RecordHistory['items'][number]['changes'];
  fields: ReadonlyMap<string, Field>;
}

/** Before and after, field by field. */
export function ChangeList({ changes, fields }: ChangeListProps) {
  const { t } = useTranslation();
  return (
    <dl className="changes">
      {changes.map(({ path, titleZh, before, after }) => {
        const schema = fields.get(path)?.schema ?? {};
        return (
          <div key={path}>
            <dt>{titleZh}</dt>
            {!isEmpty(before) && (
              <dd>
                <span className="vh">{t('record.before')} </span>
                <del>{fieldText(t, before, schema)}</del>
              </dd>
            )}
            <dd>
              <span className="vh">{t('record.after')} </span>
              <ins>{fieldText(t, after, schema)}</ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
