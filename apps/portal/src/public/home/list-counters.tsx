import { useTranslation } from 'react-i18next';
import { fullMoment } from '../../format/moment.ts';
import { FEDERATION_PATH, LIST_PATH } from '../../paths.ts';
import { isBehind } from '../federation/node-states.ts';
import type { HomePage } from '../request.ts';
import { KINDS } from '../../ui/kinds.ts';

/** How much stands in each list, with the time of the count and what is missing from it. */
export function ListCounters({ totals, status }: Pick<HomePage, 'totals' | 'status'>) {
  const { t } = useTranslation();
  const behind = status.nodes.filter(isBehind).length;
  return (
    <div className="wrap">
      <h2 className="vh">{t('home.lists')}</h2>
      <ul className="lists">
        {KINDS.map((kind) => (
          <li key={kind}>
            <a href={LIST_PATH[kind]}>{t(`words.list.${kind}`)}</a>
            <p className="fig">
              {totals[kind].total.toLocaleString('zh-CN')}
              <small>{t('home.unit')}</small>
            </p>
            <p>{t(`home.about.${kind}`)}</p>
            <p className="note new">{t('home.recent', { count: totals[kind].recent })}</p>
          </li>
        ))}
      </ul>
      <p className="asof">
        {t('home.asOf', { moment: fullMoment(t, status.asOf) })}
        {behind > 0 && t('home.lateNodes', { count: behind })}
        <a href={FEDERATION_PATH}>{t('home.seeNodes')}</a>
      </p>
    </div>
  );
}
