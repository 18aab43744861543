import { useTranslation } from 'react-i18next';
import type { TargetFigure } from '../../views.ts';
import { targetProgress } from './target-figures.ts';

export function TargetBar({ target, time }: { target: TargetFigure; time: number }) {
  const { t } = useTranslation();
  const { width, text: progress } = targetProgress(t, target);
  const { nameZh: name, count, minimum } = target;
  return (
    <li>
      <p className="name">
        {name}
        <small>{t('home.aimYearly', { id: target.id, year: target.year, count: minimum })}</small>
        {target.sealed > 0 && <small>{t('home.aimSealed', { count: target.sealed })}</small>}
      </p>
      <svg
        className="bar"
        viewBox="0 0 100 20"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('home.aimBar', { name, count, minimum, progress, time })}
      >
        <rect className="tr" x="0" y="5" width="100" height="10" />
        <rect className="fl" x="0" y="5" width={width} height="10" />
        <line className="hk" x1={time} y1="0" x2={time} y2="20" />
        <line className="tk" x1={time} y1="0" x2={time} y2="20" />
      </svg>
      <p className="val">
        <b>{count.toLocaleString('zh-CN')}</b> / {minimum.toLocaleString('zh-CN')}
        <small>{progress}</small>
      </p>
    </li>
  );
}
