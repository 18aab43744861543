import { useTranslation } from 'react-i18next';
import { agoText, momentText } from '../../format/moment.ts';
import { isStale } from '../../format/staleness.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ListedRecord } from '../../views.ts';
import { useSite } from '../../site-context.tsx';

/** Where the content comes from in time: this node, received so long ago, or not brought up to date since. */
export function ContentAge({ record: { receivedAt, heardAt } }: { record: ListedRecord }) {
  const { t } = useTranslation();
  const { now } = useSite();
  if (!receivedAt) return <span>{t('list.own')}</span>;
  if (heardAt && isStale(heardAt, now))
    return (
      <span className="dot warm">
        <Icon name="clock" />
        {t('list.stale', { moment: momentText(t, heardAt, now) })}
      </span>
    );
  return <span>{t('list.received', { ago: agoText(t, receivedAt, now) })}</span>;
}
