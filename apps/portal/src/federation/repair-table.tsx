import { useTranslation } from 'react-i18next';
import { momentText } from '../format/moment.ts';
import { useSite } from '../site-context.tsx';
import { OriginalText } from '../ui/original-text.tsx';
import { wholePlace } from '../ui/place-name.ts';
import type { FederationStatus } from '../views.ts';

const COLUMNS = ['at', 'feed', 'record', 'outcome', 'reason'] as const;

/** What was put right after a comparison, record by record. */
export function RepairTable({ repairs }: { repairs: FederationStatus['repairs'] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <table className="stack" role="table" aria-label={t('federation.compare.repairs')}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((column) => (
            <th key={column} scope="col" role="columnheader">
              {t(`federation.compare.repairColumns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {repairs.map(({ at, origin, view, recordId, rev, outcome, reason, detail }, i) => (
          <tr key={i} role="row">
            <th scope="row" role="rowheader">
              {momentText(t, at, now)}
            </th>
            <td role="cell" data-k={t('federation.compare.repairColumns.feed')}>
              <span>
                {wholePlace(t, origin)} <code className="muted">{view}</code>
              </span>
            </td>
            <td role="cell" data-k={t('federation.compare.repairColumns.record')}>
              <span className="id">{t('federation.compare.recordText', { id: recordId, rev })}</span>
            </td>
            <td role="cell" data-k={t('federation.compare.repairColumns.outcome')}>
              {t(`federation.compare.outcome.${outcome}`)}
            </td>
            <td role="cell" data-k={t('federation.compare.repairColumns.reason')}>
              <div>
                {reason ?? (detail === '' && t('federation.none'))}
                <OriginalText detail={detail} />
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
