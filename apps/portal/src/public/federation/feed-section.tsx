import { useTranslation } from 'react-i18next';
import { useSite } from '../../site-context.tsx';
import type { FederationStatus } from '../../views.ts';
import { namedView } from './named-view.ts';
import { isHealthy, type FeedStatus } from './feed-state.tsx';
import { FeedTable } from './feed-table.tsx';
import { RoadSentence } from './road-sentence.tsx';

const ROADS = ['kafka', 'https'] as const;

/** By which road how many feeds of a view last moved; a word where none has. */
function ViewRoads({ feeds }: { feeds: FeedStatus[] }) {
  const { t } = useTranslation();
  const counts = ROADS.map((road) => ({ road: t(`federation.road.${road}`), feeds: feeds.filter((feed) => feed.road === road).length }));
  const moved = counts.filter((count) => count.feeds > 0);
  if (moved.length > 0) return moved.map((count) => t('federation.roads.count', count)).join(t('words.separator'));
  return t(feeds.some((feed) => feed.isRead) ? 'federation.feedEmpty' : 'federation.feedUnread');
}

/** Which ways content takes: a sentence on the roads, one row a view, and every single feed folded below, open when one is in trouble. */
export function FeedSection({ status: { feeds, kafka } }: { status: FederationStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  if (feeds.length === 0) return null;
  const views = [...new Set(feeds.map((feed) => feed.view))].sort();
  return (
    <section className="section" aria-labelledby="f-feeds">
      <div className="wrap">
        <div className="head">
          <h2 id="f-feeds">{t('federation.feeds')}</h2>
          <p className="note">{t('federation.feedsNote')}</p>
        </div>
        <RoadSentence kafka={kafka} />
        <table className="stack" role="table" aria-labelledby="f-feeds">
          <thead role="rowgroup">
            <tr role="row">
              {(['view', 'way', 'what', 'road'] as const).map((column) => (
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
              const isUsed = own.some((feed) => feed.isRead);
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
                  <td role="cell" data-k={t('federation.feedColumns.road')}>
                    <ViewRoads feeds={own} />
                  </td>
                  <td role="cell" className="n" data-k={t('federation.feedColumns.lag')}>
                    {isUsed ? own.reduce((sum, feed) => sum + feed.lag, 0) : t('federation.none')}
                  </td>
                  <td role="cell" className="n" data-k={t('federation.feedColumns.healthy')}>
                    {isUsed ? `${own.filter((feed) => isHealthy(feed, now)).length} / ${own.length}` : t('federation.none')}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <details className="twin" open={feeds.some((feed) => feed.halted ?? feed.degraded)}>
          <summary>{t('federation.feedTwin')}</summary>
          <FeedTable feeds={feeds} />
        </details>
      </div>
    </section>
  );
}
