import { useTranslation } from 'react-i18next';
import { dayText } from '../../format/moment.ts';
import { LIST_PATH, recordPath } from '../../paths.ts';
import { wholePlace } from '../../ui/place-name.ts';
import type { ListedRecord } from '../../views.ts';
import { useSite } from '../../site-context.tsx';
import { domainName } from '../../ui/domain-name.ts';
import { KINDS } from '../../ui/kinds.ts';

function LatestRecord({ record }: { record: ListedRecord }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const day = (date: string) => dayText(t, date, now);
  return (
    <li>
      <h3>
        <a href={recordPath(record.id)}>{record.title || t('list.stub', { kind: t(`words.kind.${record.kind}`) })}</a>
      </h3>
      <p className="facts">
        <span>{t(`words.kind.${record.kind}`)}</span>
        <span>{wholePlace(t, record.origin)}</span>
        {record.domain && <span>{domainName(record.domain)}</span>}
        {record.responseDeadline ? (
          <span>{t('home.latestDue', { date: day(record.responseDeadline) })}</span>
        ) : (
          record.firstPublishedOn && <span>{t('home.latestPublished', { date: day(record.firstPublishedOn) })}</span>
        )}
      </p>
    </li>
  );
}

/** What was published last, whichever list and node it belongs to. */
export function LatestRecords({ latest }: { latest: ListedRecord[] }) {
  const { t } = useTranslation();
  if (latest.length === 0) return null;
  return (
    <section className="section" aria-labelledby="h-new">
      <div className="wrap">
        <div className="head">
          <h2 id="h-new">{t('home.latest')}</h2>
          <p className="note">{t('home.latestNote')}</p>
        </div>
        <ul className="rows pair">
          {latest.map((record) => (
            <LatestRecord key={record.id} record={record} />
          ))}
        </ul>
        <p className="more get">
          {KINDS.map((kind) => (
            <a key={kind} href={LIST_PATH[kind]}>
              {t('home.allOf', { list: t(`words.list.${kind}`) })}
            </a>
          ))}
        </p>
      </div>
    </section>
  );
}
