import { useTranslation } from 'react-i18next';
import { momentText } from '../../format/moment.ts';
import { Icon } from '../../ui/icon.tsx';
import { wholePlace } from '../../ui/place-name.ts';
import type { FederationStatus } from '../../views.ts';
import { useSite } from '../../site-context.tsx';
import { replicaTotal, type NodeStatus } from './node-states.ts';

function LastKnown({ node, status }: { node: NodeStatus; status: FederationStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const feed = status.feeds.find((f) => f.origin === node.adcode && f.direction !== 'out');
  const moment = (at: string) => momentText(t, at, now);
  return (
    <dl className="kv small">
      {node.heardAt && (
        <>
          <dt>{t('federation.calm.last')}</dt>
          <dd>
            {feed
              ? t('federation.calm.lastSeqText', { seq: feed.seq.toLocaleString('zh-CN'), moment: moment(node.heardAt) })
              : t('federation.calm.lastText', { moment: moment(node.heardAt) })}
          </dd>
        </>
      )}
      {feed?.lastError && (
        <>
          <dt>{t('federation.calm.error')}</dt>
          <dd>{t('federation.calm.errorText', { moment: moment(feed.lastError.at), text: feed.lastError.text })}</dd>
        </>
      )}
    </dl>
  );
}

/** For each node that cannot be reached: what happened, what still works, and what cannot be seen until it is back. */
export function SilentSection({ status }: { status: FederationStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const silent = status.nodes.filter((node) => node.state === 'silent');
  return silent.map((node) => {
    const names = wholePlace(t, node.adcode);
    const id = `f-silent-${node.adcode}`;
    return (
      <section key={node.adcode} className="section" aria-labelledby={id}>
        <div className="wrap">
          <div className="head">
            <h2 id={id}>{t('federation.calm.title', { names })}</h2>
            {node.heardAt && <p className="note">{t('federation.calm.since', { moment: momentText(t, node.heardAt, now) })}</p>}
          </div>
          <div className="calm">
            <div>
              <h3>{t('federation.calm.what')}</h3>
              <p>{t('federation.calm.whatText', { here: status.node.nameZh, names })}</p>
              <LastKnown node={node} status={status} />
            </div>
            <div>
              <h3>{t('federation.calm.works')}</h3>
              <ul>
                {[
                  t('federation.calm.worksLocal', { names }),
                  t('federation.calm.worksSearch', { names, count: replicaTotal(node) }),
                  t('federation.calm.worksOthers'),
                ].map((text) => (
                  <li key={text}>
                    <Icon name="check" className="ok" />
                    {text}
                  </li>
                ))}
              </ul>
            </div>
            <div>
              <h3>{t('federation.calm.hidden')}</h3>
              <ul>
                {[t('federation.calm.hiddenNew', { names }), t('federation.calm.hiddenDown')].map((text) => (
                  <li key={text}>
                    <Icon name="dash" className="late" />
                    {text}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        </div>
      </section>
    );
  });
}
