import { useTranslation } from 'react-i18next';
import { Figure } from '../../ui/figure.tsx';
import type { FederationStatus } from '../../views.ts';

const sum = (counts: FederationStatus['own']): number => Object.values(counts).reduce((total, n) => total + n, 0);

/** This node's own side: its records, how many are in a view, what is sealed only because nobody classified it, what waits. */
export function HereSection({ status }: { status: FederationStatus }) {
  const { t } = useTranslation();
  const { release, wireGeneration: generation } = status.node;
  return (
    <section className="section" aria-labelledby="f-here">
      <div className="wrap">
        <div className="head">
          <h2 id="f-here">{t('federation.here.title')}</h2>
          <p className="note">{t('federation.here.release', { release, generation })}</p>
        </div>
        <dl className="count3">
          <Figure name={t('federation.here.own')} value={sum(status.own)}>
            {t('federation.here.ownNote', status.own)}
          </Figure>
          <Figure name={t('federation.here.federated')} value={sum(status.federated)}>
            {t('federation.here.ownNote', status.federated)}
          </Figure>
          <Figure name={t('federation.here.unclassified')} value={status.unclassified}>
            {status.unclassified > 0 ? t('federation.here.unclassifiedNote') : t('federation.here.unclassifiedNone')}
          </Figure>
          <Figure name={t('federation.here.outbox')} value={status.outbox}>
            {status.outbox > 0 ? t('federation.here.outboxNote') : t('federation.here.outboxNone')}
          </Figure>
        </dl>
        {status.blocked.length > 0 && <p className="asof warm">{t('federation.here.blocked', { count: status.blocked.length })}</p>}
      </div>
    </section>
  );
}
