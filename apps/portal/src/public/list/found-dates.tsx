import { useTranslation } from 'react-i18next';
import { dayText, deadlineText } from '../../format/moment.ts';
import type { ListedRecord } from '../../views.ts';
import { useSite } from '../../site-context.tsx';

/** The date that matters most: the deadline of an opportunity, else how long the entry is valid, else since when it is there. */
export function FoundDates({ record }: { record: ListedRecord }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const { responseDeadline, validUntil, firstPublishedOn } = record;
  if (responseDeadline) {
    const left = deadlineText(t, responseDeadline, now);
    return (
      <p className="due">
        {t('list.dueOn')}
        <b>{dayText(t, responseDeadline, now)}</b>
        <span className={left.isClose ? 'warm' : undefined}>{left.text}</span>
      </p>
    );
  }
  const date = validUntil ?? firstPublishedOn;
  if (!date) return <p className="due"></p>;
  return (
    <p className="due">
      {validUntil ? t('list.validUntil') : t('list.publishedOn')}
      <b>{dayText(t, date, now)}</b>
    </p>
  );
}
