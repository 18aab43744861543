import { useTranslation } from 'react-i18next';
import { listHref, queryPairs } from '../../paths.ts';
import type { ListPage } from '../request.ts';

/** Forward by cursor; back is the browser's own button, or the first page. */
export function Pager({ page: { kind, query, list } }: { page: ListPage }) {
  const { t } = useTranslation();
  const pairs = queryPairs(kind, query);
  return (
    <nav className="pager" aria-label={t('list.pages')}>
      <span className="muted">{t('list.page', { shown: list.items.length, total: list.total.toLocaleString('zh-CN') })}</span>
      {query.cursor && <a href={listHref(kind, pairs)}>{t('list.first')}</a>}
      {list.nextCursor && (
        <a className="btn quiet" rel="next" href={listHref(kind, [...pairs, ['cursor', list.nextCursor]])}>
          {t('list.next')}
        </a>
      )}
    </nav>
  );
}
