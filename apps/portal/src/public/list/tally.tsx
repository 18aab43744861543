import { useTranslation } from 'react-i18next';
import { listPath, queryPairs } from '../../paths.ts';
import type { ListPage } from '../request.ts';

/** How many were found, and the order they stand in; the filters travel along as hidden fields. */
export function Tally({ page: { kind, query, list } }: { page: ListPage }) {
  const { t } = useTranslation();
  const sorts = [
    ...(query.q ? (['relevance'] as const) : []),
    'published' as const,
    ...(kind === 'opportunity' ? (['due'] as const) : []),
    'changed' as const,
  ];
  const kept = queryPairs(kind, query).filter(([name]) => name !== 'sort');
  return (
    <div className="tally">
      <p>
        <b>{list.total.toLocaleString('zh-CN')}</b>{' '}
        {kind === null ? t('list.tallyAll') : t('list.tally', { list: t(`words.kind.${kind}`) })}
      </p>
      <form method="get" action={listPath(kind)}>
        {kept.map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
        <label htmlFor="sort">{t('list.sort')}</label>
        <select className="field" id="sort" name="sort" defaultValue={query.sort ?? (query.q ? 'relevance' : 'published')}>
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {t(`list.sorts.${sort}`)}
            </option>
          ))}
        </select>
        <button className="btn quiet">{t('list.sort')}</button>
      </form>
    </div>
  );
}
