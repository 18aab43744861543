import { useTranslation } from 'react-i18next';
import { signInPath, workbenchRecordPath } from '../../paths.ts';
import type { RecordView } from '../../views.ts';
import { usePage } from '../page-context.tsx';

/** What is not on this page up to L2, why, and how to get it. Anything above is as if it were not there. */
export function WithheldPanel({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const { person } = usePage().request;
  const target = workbenchRecordPath(record.id);
  return (
    <section className="side" aria-labelledby="a-withheld">
      <h2 id="a-withheld">{t('record.withheld')}</h2>
      {record.withheld.length === 0 ? (
        <p className="note">{t('record.withheldNone')}</p>
      ) : (
        <>
          <p className="note">{t('record.withheldNote', { count: record.withheld.length })}</p>
          <ul className="held">
            {record.withheld.map(({ path, titleZh, level, personal, howZh }) => (
              <li key={path}>
                <b>{titleZh}</b>
                {personal ? t('record.withheldPersonal') : t('record.withheldLevel', { level })}
                {howZh}
              </li>
            ))}
          </ul>
          <p className="note">
            <a href={person ? target : signInPath(target)}>{t('record.openInWorkbench')}</a>
          </p>
        </>
      )}
    </section>
  );
}
