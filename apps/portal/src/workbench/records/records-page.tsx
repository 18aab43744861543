import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../api.ts';
import { useSession } from '../session-context.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { isOwner } from '../turn.ts';
import { RecordFilters } from './record-filters.tsx';
import { RecordTable } from './record-table.tsx';
import { RecordTabs } from './record-tabs.tsx';
import { isDesk, tabQuery } from './tabs.ts';

const route = getRouteApi('/records');

/** 我的记录: what is mine or in my scope, and what waits for me. */
export function RecordsPage() {
  const { t } = useTranslation();
  const { person, node } = useSession();
  const { grants } = person;
  const search = route.useSearch();
  const { tab = 'all', q, kind, stage, cursor } = search;
  const query = {
    ...tabQuery(tab, grants, node.adcode),
    ...(kind ? { kind: [kind] } : {}),
    ...(stage ? { stage: [stage] } : {}),
    q,
    cursor,
    sort: 'changed' as const,
  };
  const list = useQuery(useTRPC().catalogue.records.list.queryOptions(query, { placeholderData: keepPreviousData }));
  const items = list.data?.items ?? [];
  return (
    <Page
      title={isDesk(grants) ? t('desk.nodeRecords') : t('desk.records')}
      aside={
        isOwner(grants) && (
          <p>
            <Link className="btn" to="/new" search={{}}>
              {t('desk.newRecord')}
            </Link>
          </p>
        )
      }
    >
      <div className="panel">
        <RecordTabs current={tab} />
        <RecordFilters key={JSON.stringify(search)} search={search} asOf={list.data?.asOf} />
        {list.isError ? (
          <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <RecordTable items={items} isLoading={list.isFetching && items.length === 0} />
        )}
        <nav className="pager" aria-label={t('list.pages')}>
          <span>{t('desk.total', { shown: items.length, total: list.data?.total ?? 0 })}</span>
          {cursor && (
            <Link to="/records" search={{ ...search, cursor: undefined }}>
              {t('list.first')}
            </Link>
          )}
          {list.data?.nextCursor ? (
            <Link to="/records" search={{ ...search, cursor: list.data.nextCursor }}>
              {t('list.next')}
            </Link>
          ) : (
            <span>{t('desk.noMore')}</span>
          )}
        </nav>
      </div>
    </Page>
  );
}
