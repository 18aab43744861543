import { useTranslation } from 'react-i18next';
import { momentText } from '../../format/moment.ts';
import { FEDERATION_PATH } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { wholePlace } from '../../ui/place-name.ts';
import type { RecordList } from '../../views.ts';
import { useSite } from '../../site-context.tsx';

/** Which nodes were not heard from: the list is whole only up to then. */
export function LateNotice({ late }: { late: RecordList['late'] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  if (late.length === 0) return null;
  return (
    <div className="notice" role="note">
      <Icon name="attention" />
      <div>
        <p className="strong">{t('list.late', { count: late.length })}</p>
        <ul>
          {late.map(({ origin, heardAt }) => (
            <li key={origin} className="nb">
              {heardAt
                ? t('list.lateSince', { name: wholePlace(t, origin), moment: momentText(t, heardAt, now) })
                : t('list.lateNever', { name: wholePlace(t, origin) })}
            </li>
          ))}
        </ul>
        <p>
          {t('list.lateNote')}
          <a href={FEDERATION_PATH}>{t('list.lateMore')}</a>
        </p>
      </div>
    </div>
  );
}
