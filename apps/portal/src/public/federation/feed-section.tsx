import { useTranslation } from 'react-i18next';
import type { FederationStatus } from '../../views.ts';
import { namedView } from './named-view.ts';
import { FeedTable } from './feed-table.tsx';

export type FeedStatus = FederationStatus['feeds'][number];

const isHealthy = (feed: FeedStatus): boolean => feed.halted === null && feed.lag === 0;

/** Which ways content takes: one row a view, and every single feed folded below. */
export function FeedSection({ feeds }: { feeds: FeedStatus[] }) {
  const { t } = useTranslation();
  if (feeds.length === 0) return null;
  const views = [...new Set(feeds.map((feed) => feed.view))].sort();
  return (
    <section className="section" aria-labelledby="f-feeds">
      <div className="wrap">
        <div className="head">
          <h2 id="f-feeds">{t('federation.feeds')}</h2>
          <p className="note">{t('federation.feedsNote')}</p>
        </div>
        <table className="stack" role="table" aria-labelledby="f-feeds">
          <thead role="rowgroup">
            <tr role="row">
              {(['view', 'way', 'what'] as const).map((column) => (
                <th key={column} scope="col" role="columnheader">
                  {t(`federation.feedColumns.${column}`)}
                </th>
              ))}
              <th scope="col" role="columnheader" className="n">
                {t('federation.feedColumns.lag')}
              </th>
              <th scope="col" role="columnheader" className="n">
                {t('federation.feedColumns.healthy')}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {views.map((view) => {
              const own = feeds.filter((feed) => feed.view === view);
              return (
                <tr key={view} role="row">
                  <th scope="row" role="rowheader">
                    <b>{t(`federation.view.${namedView(view)}`)}</b> <code className="muted">{view}</code>
                  </th>
                  <td role="cell" data-k={t('federation.feedColumns.way')}>
                    {t(`federation.way.${namedView(view)}`)}
                  </td>
                  <td role="cell" data-k={t('federation.feedColumns.what')}>
                    {t(`federation.what.${namedView(view)}`)}
                  </td>
                  <td role="cell" className="n" data-k={t('federation.feedColumns.lag')}>
                    {own.reduce((sum, feed) => sum + feed.lag, 0)}
                  </td>
                  <td role="cell" className="n" data-k={t('federation.feedColumns.healthy')}>
                    {own.filter(isHealthy).length} / {own.length}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <details className="twin">
          <summary>{t('federation.feedTwin')}</summary>
          <FeedTable feeds={feeds} />
        </details>
      </div>
    </section>
  );
}
