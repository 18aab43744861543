import { useTranslation } from 'react-i18next';
import { fullMoment } from '../../format/moment.ts';
import { queryPairs } from '../../paths.ts';
import { HtmlPage } from '../frame/html-page.tsx';
import type { ListPage as ListData } from '../request.ts';
import { Chips } from './chips.tsx';
import { FacetForm } from './facet-form.tsx';
import { FoundRecord } from './found-record.tsx';
import { LateNotice } from './late-notice.tsx';
import { NothingFound } from './nothing-found.tsx';
import { Pager } from './pager.tsx';
import { Tally } from './tally.tsx';

/** One of the three lists, or (kind null) the search over all of them: the same page with one facet more. */
export function ListPage({ page }: { page: ListData }) {
  const { t } = useTranslation();
  const { kind, query, list } = page;
  const chosen = queryPairs(kind, query).filter(([name]) => name !== 'sort').length;
  const searched = query.q ? t('list.searchFor', { q: query.q }) : t('list.search');
  const heading = kind === null ? searched : t(`words.list.${kind}`);
  return (
    <HtmlPage title={t('frame.pageTitle', { page: heading })} current={kind} crumbs={[{ text: heading }]} isTransient={chosen > 0}>
      <div className="wrap title">
        <h1>{heading}</h1>
        <p className="lead">{t(`list.lead.${kind ?? 'all'}`)}</p>
      </div>
      <div className="wrap browse">
        <FacetForm page={page} />
        <div id="results" tabIndex={-1}>
          <a className="btn quiet open-facets" href="#facets">
            {chosen > 0 ? t('list.openFilterCount', { count: chosen }) : t('list.openFilter')}
          </a>
          <Tally page={page} />
          <Chips page={page} />
          <LateNotice late={list.late} />
          {list.items.length === 0 ? (
            <NothingFound page={page} />
          ) : (
            <ul className="found">
              {list.items.map((record) => (
                <FoundRecord key={record.id} record={record} showKind={kind === null} />
              ))}
            </ul>
          )}
          <Pager page={page} />
          <p className="asof">{t('list.asOf', { moment: fullMoment(t, list.asOf) })}</p>
        </div>
      </div>
    </HtmlPage>
  );
}
