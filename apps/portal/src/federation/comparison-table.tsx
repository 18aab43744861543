import { useTranslation } from 'react-i18next';
import { momentText } from '../format/moment.ts';
import { useSite } from '../site-context.tsx';
import { wholePlace } from '../ui/place-name.ts';
import type { FederationStatus } from '../views.ts';

const COLUMNS = ['feed', 'at', 'result', 'repaired', 'unknown'] as const;

/** What comparing each feed with its origin found last. */
export function ComparisonTable({ comparisons, labelledBy }: { comparisons: FederationStatus['comparisons']; labelledBy: string }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <table className="stack" role="table" aria-labelledby={labelledBy}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((column, i) => (
            <th key={column} scope="col" role="columnheader" className={i > 2 ? 'n' : undefined}>
              {t(`federation.compare.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {comparisons.map(({ origin, view, at, equal, repaired, unknown }) => (
          <tr key={`${origin} ${view}`} role="row">
            <th scope="row" role="rowheader">
              {wholePlace(t, origin)} <code className="muted">{view}</code>
            </th>
            <td role="cell" data-k={t('federation.compare.columns.at')}>
              {momentText(t, at, now)}
            </td>
            <td role="cell" data-k={t('federation.compare.columns.result')}>
              {equal ? (
                <span className="ok">{t('federation.compare.equal')}</span>
              ) : (
                <span className="bad">{t('federation.compare.unequal')}</span>
              )}
            </td>
            <td role="cell" className={repaired === 0 ? 'n zero' : 'n'} data-k={t('federation.compare.columns.repaired')}>
              {repaired}
            </td>
            <td role="cell" className={unknown === 0 ? 'n zero' : 'n'} data-k={t('federation.compare.columns.unknown')}>
              {unknown}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
