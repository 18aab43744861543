import { useTranslation } from 'react-i18next';
import { agoText } from '../../format/moment.ts';
import { isStale } from '../../format/staleness.ts';
import { useSite } from '../../site-context.tsx';
import { wholePlace } from '../../ui/place-name.ts';
import { FeedState, type FeedStatus } from './feed-state.tsx';

const COLUMNS = ['origin', 'view', 'direction', 'road', 'seq', 'heard', 'state'] as const;
const ROADS = ['kafka', 'https'] as const;

/** The road the feed last took; where events came by both, how many by each. */
function Road({ feed }: { feed: FeedStatus }) {
  const { t } = useTranslation();
  const isMixed = ROADS.every((road) => feed.roads[road] > 0);
  return (
    <div>
      {feed.road ? t(`federation.road.${feed.road}`) : t('federation.none')}
      {isMixed && (
        <small>
          {t('federation.roads.received', {
            events: ROADS.map((road) =>
              t('federation.roads.count', { road: t(`federation.road.${road}`), feeds: feed.roads[road].toLocaleString('zh-CN') }),
            ).join(t('words.separator')),
          })}
        </small>
      )}
    </div>
  );
}

/** Every feed this node writes, reads or passes on, with where it stands. */
export function FeedTable({ feeds }: { feeds: FeedStatus[] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('federation.feedTable')}>
      <table className="feeds stack" role="table" aria-label={t('federation.feedTable')}>
        <thead role="rowgroup">
          <tr role="row">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" role="columnheader">
                {t(`federation.feedColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {feeds.map((feed) => (
            <tr key={`${feed.origin} ${feed.view} ${feed.direction}`} role="row">
              <th scope="row" role="rowheader">
                {wholePlace(t, feed.origin)}
              </th>
              <td role="cell" data-k={t('federation.feedColumns.view')}>
                <code>{feed.view}</code>
              </td>
              <td role="cell" data-k={t('federation.feedColumns.direction')}>
                {t(`federation.direction.${feed.direction}`)}
              </td>
              <td role="cell" data-k={t('federation.feedColumns.road')}>
                <Road feed={feed} />
              </td>
              <td role="cell" className="nb" data-k={t('federation.feedColumns.seq')}>
                <div>
                  {t('federation.seqText', { seq: feed.seq, head: feed.headSeq })}
                  {feed.log && <small>{t('federation.logText', { seq: feed.log.seq })}</small>}
                </div>
              </td>
              <td role="cell" className={isStale(feed.heardAt, now) ? 'nb warm' : 'nb'} data-k={t('federation.feedColumns.heard')}>
                {feed.heardAt ? agoText(t, feed.heardAt, now) : t('federation.none')}
              </td>
              <td role="cell" className="state" data-k={t('federation.feedColumns.state')}>
                <FeedState feed={feed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
