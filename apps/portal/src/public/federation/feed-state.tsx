import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { momentText, spanText } from '../../format/moment.ts';
import { isStale } from '../../format/staleness.ts';
import { useSite } from '../../site-context.tsx';
import { OriginalText } from '../../ui/original-text.tsx';
import type { FederationStatus } from '../../views.ts';

export type FeedStatus = FederationStatus['feeds'][number];

export const isHealthy = (feed: FeedStatus, now: Date): boolean =>
  feed.halted === null && feed.degraded === null && feed.lag === 0 && !isStale(feed.heardAt, now);

function Word({ feed }: { feed: FeedStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  if (feed.halted) return <span className="bad">{t('federation.feedHalted')}</span>;
  if (feed.degraded) return <span className="warm">{t('federation.feedDegraded', { span: spanText(t, feed.degraded.at, now) })}</span>;
  if (!feed.isRead) return <span className="muted">{t('federation.feedUnread')}</span>;
  if (feed.lag > 0) return <span className="warm">{t('federation.feedBehind', { count: feed.lag })}</span>;
  if (feed.heardAt && isStale(feed.heardAt, now))
    return <span className="warm">{t('federation.feedSilent', { span: spanText(t, feed.heardAt, now) })}</span>;
  if (feed.headSeq === 0) return <span className="muted">{t('federation.feedEmpty')}</span>;
  return <span className="ok">{t('federation.feedOk')}</span>;
}

/** Where a feed stands in a word; below it, for those who watch, why, the last refusal, and what to do. */
export function FeedState({ feed }: { feed: FeedStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const { lastRefusal: refused } = feed;
  const error = feed.lastError ?? feed.log?.lastError;
  const moment = (at: string) => momentText(t, at, now);
  const troubles = [
    ...[feed.halted, feed.degraded].flatMap((stand) => (stand?.reason ? [{ ...stand, text: t('federation.feedReason', stand) }] : [])),
    ...(error ? [{ ...error, text: t('federation.feedError', { moment: moment(error.at), text: error.text || error.code }) }] : []),
    ...(refused ? [{ ...refused, text: t('federation.feedRefused', { moment: moment(refused.at), message: refused.message }) }] : []),
  ];
  return (
    <div>
      <Word feed={feed} />
      {feed.degraded && feed.lag > 0 && <small>{t('federation.feedBehind', { count: feed.lag })}</small>}
      {troubles.map(({ text, remedy, detail }, i) => (
        <Fragment key={i}>
          <small>{text}</small>
          {remedy && <small>{t('federation.feedRemedy', { remedy })}</small>}
          <OriginalText detail={detail} />
        </Fragment>
      ))}
    </div>
  );
}
