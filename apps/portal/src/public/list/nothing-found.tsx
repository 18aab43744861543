import { useTranslation } from 'react-i18next';
import { listHref, listPath, queryPairs } from '../../paths.ts';
import type { ListPage } from '../request.ts';

/** An empty list says what to do next. */
export function NothingFound({ page: { kind, query } }: { page: ListPage }) {
  const { t } = useTranslation();
  const isNarrowed = queryPairs(kind, query).some(([name]) => name !== 'sort');
  return (
    <div className="empty">
      <p className="strong">{isNarrowed ? t('list.empty') : t('list.emptyAll')}</p>
      <p>
        {isNarrowed && kind !== null && t('list.emptyNext')}
        {kind !== null && <a href={listHref(null, query.q ? [['q', query.q]] : [])}>{t('list.emptySearch')}</a>}
        {isNarrowed && kind === null && <a href={listPath(kind)}>{t('list.emptyClear')}</a>}
      </p>
    </div>
  );
}
