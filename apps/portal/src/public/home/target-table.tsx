import { useTranslation } from 'react-i18next';
import type { TargetFigure } from '../../views.ts';
import { targetProgress } from './target-figures.ts';

const COLUMNS = ['target', 'required', 'done', 'minimum', 'progress', 'time'] as const;

export function TargetTable({ targets, time }: { targets: TargetFigure[]; time: number }) {
  const { t } = useTranslation();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('home.aimTable')}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column, i) => (
              <th key={column} scope="col" className={i > 1 ? 'n' : undefined}>
                {t(`home.aimColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <tr key={target.id}>
              <th scope="row">{target.nameZh}</th>
              <td>{t('home.aimYearly', { id: target.id, year: target.year, count: target.minimum })}</td>
              <td className="n">{target.count}</td>
              <td className="n">{target.minimum}</td>
              <td className="n">{targetProgress(t, target).text}</td>
              <td className="n">{t('home.aimPercent', { percent: time })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
