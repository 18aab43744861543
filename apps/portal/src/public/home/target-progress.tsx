import { planSource } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { fullDay } from '../../format/moment.ts';
import type { TargetFigure } from '../../views.ts';
import { useSite } from '../../site-context.tsx';
import { TargetBar } from './target-bar.tsx';
import { TargetTable } from './target-table.tsx';
import { yearPassed } from './year-passed.ts';

/** The plan's targets that are counts of facts, each with its figure, its minimum and the tick of time. */
export function TargetProgress({ targets }: { targets: TargetFigure[] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const asOf = targets[0]?.asOf;
  if (!asOf) return null;
  const time = yearPassed(now);
  return (
    <section className="section" aria-labelledby="h-aim">
      <div className="wrap">
        <div className="head">
          <h2 id="h-aim">{t('home.aims')}</h2>
          <p className="note">{t('home.aimsNote', { date: fullDay(t, asOf), number: planSource.number })}</p>
        </div>
        <ul className="aims">
          {targets.map((target) => (
            <TargetBar key={target.id} target={target} time={time} />
          ))}
        </ul>
        <ul className="lgd">
          <li>
            <svg viewBox="0 0 20 16" aria-hidden="true">
              <rect x="0" y="4" width="20" height="8" fill="var(--river)" />
            </svg>
            {t('home.aimDone')}
          </li>
          <li>
            <svg viewBox="0 0 20 16" aria-hidden="true">
              <path d="M10 0v16" stroke="var(--orange)" strokeWidth="2" />
            </svg>
            {t('home.aimTime', { percent: time })}
          </li>
        </ul>
        <details className="twin">
          <summary>{t('home.aimTwin')}</summary>
          <TargetTable targets={targets} time={time} />
        </details>
      </div>
    </section>
  );
}
