import { useTranslation } from 'react-i18next';
import { signInPath, workbenchRecordPath } from '../paths.ts';
import type { RecordView } from '../views.ts';
import { useSite } from '../site-context.tsx';

/** What is not on this page up to L2, grouped by why and how to get it. Anything above is as if it were not there. */
export function WithheldPanel({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const { person } = useSite();
  const ways = new Map<string, string[]>();
  for (const { howZh, titleZh } of record.withheld) ways.set(howZh, [...(ways.get(howZh) ?? []), titleZh]);
  const target = workbenchRecordPath(record.id);
  return (
    <section className="side" aria-labelledby="a-withheld">
      <h2 id="a-withheld">{t('record.withheld')}</h2>
      {record.withheld.length === 0 ? (
        <p className="note">{t('record.withheldNone')}</p>
      ) : (
        <>
          <p className="note">{t('record.withheldNote', { count: ways.size })}</p>
          <ul className="held">
            {[...ways].map(([howZh, titles]) => (
              <li key={howZh}>
                <b>{titles.join(t('words.separator'))}</b>
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
