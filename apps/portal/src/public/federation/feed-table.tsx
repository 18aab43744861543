import { useTranslation } from 'react-i18next';
import { agoText } from '../../format/moment.ts';
import { wholePlace } from '../../ui/place-name.ts';
import { isStale } from '../../format/staleness.ts';
import { useSite } from '../../site-context.tsx';
import type { FeedStatus } from './feed-section.tsx';

const COLUMNS = ['origin', 'view', 'direction', 'seq', 'heard', 'state'] as const;

function FeedState({ feed }: { feed: FeedStatus }) {
  const { t } = useTranslation();
  if (feed.halted) return <span className="bad">{t('federation.feedHalted', { reason: feed.halted.reason })}</span>;
  if (feed.lag > 0) return <span className="warm">{t('federation.feedBehind', { count: feed.lag })}</span>;
  return <span className="ok">{t('federation.feedOk')}</span>;
}

/** Every feed this node writes, reads or passes on, with where it stands. */
export function FeedTable({ feeds }: { feeds: FeedStatus[] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('federation.feedTable')}>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`federation.feedColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {feeds.map((feed) => (
            <tr key={`${feed.origin} ${feed.view} ${feed.direction}`}>
              <th scope="row">{wholePlace(t, feed.origin)}</th>
              <td>
                <code>{feed.view}</code>
              </td>
              <td>{t(`federation.direction.${feed.direction}`)}</td>
              <td className="nb">{t('federation.seqText', { seq: feed.seq, head: feed.headSeq })}</td>
              <td className={isStale(feed.heardAt, now) ? 'nb warm' : 'nb'}>
                {feed.heardAt ? agoText(t, feed.heardAt, now) : t('federation.none')}
              </td>
              <td>
                <FeedState feed={feed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
