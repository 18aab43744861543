import { useTranslation } from 'react-i18next';
import { dayText, deadlineText } from '../format/moment.ts';
import type { RecordView } from '../views.ts';
import { useSite } from '../site-context.tsx';
import { deadlineOf, validUntilOf } from './record-text.ts';

function DatedItem({ name, date }: { name: string; date: string }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const { text: left, isClose } = deadlineText(t, date, now);
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isClose ? 'warm' : undefined}>{t('record.dueText', { day: dayText(t, date, now), left })}</dd>
    </div>
  );
}

/** Who has to act now, and by when. */
export function HolderLine({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const deadline = deadlineOf(record);
  const validUntil = validUntilOf(record);
  const { nameZh, dueOn } = record.holder;
  return (
    <div className="holder">
      <dl>
        {nameZh && (
          <div>
            <dt>{t('record.holder')}</dt>
            <dd>{nameZh}</dd>
          </div>
        )}
        {dueOn && <DatedItem name={t('record.due')} date={dueOn} />}
        {deadline && deadline !== dueOn && <DatedItem name={t('record.deadline')} date={deadline} />}
        {!deadline && validUntil && validUntil !== dueOn && <DatedItem name={t('record.validUntil')} date={validUntil} />}
      </dl>
    </div>
  );
}
