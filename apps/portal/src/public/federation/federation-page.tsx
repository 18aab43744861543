import { useTranslation } from 'react-i18next';
import { fullMoment } from '../../format/moment.ts';
import { FEDERATION_PATH } from '../../paths.ts';
import { HtmlPage } from '../frame/html-page.tsx';
import type { FederationPage as FederationData } from '../request.ts';
import { ComparisonSection } from './comparison-section.tsx';
import { FederationFigures } from './federation-figures.tsx';
import { FederationSentence } from './federation-sentence.tsx';
import { FeedSection } from './feed-section.tsx';
import { HereSection } from './here-section.tsx';
import { NodeTable } from './node-table.tsx';
import { NodeTiles } from './node-tiles.tsx';
import { RefusalSection } from './refusal-section.tsx';
import { SilentSection } from './silent-section.tsx';

/** How well this node hears the others: a sentence, the figures, the map with its equal table, then what went wrong and what flows where. */
export function FederationPage({ page: { status } }: { page: FederationData }) {
  const { t } = useTranslation();
  const title = t('federation.title');
  return (
    <HtmlPage title={t('frame.pageTitle', { page: title })} crumbs={[{ text: title }]}>
      <div className="wrap title">
        <h1>{title}</h1>
        <FederationSentence nodes={status.nodes} />
        <FederationFigures status={status} />
        <p className="asof">
          {t('federation.asOf', { moment: fullMoment(t, status.asOf) })}
          <a href={FEDERATION_PATH}>{t('federation.refresh')}</a>
        </p>
      </div>
      <section className="section" aria-labelledby="f-nodes">
        <div className="wrap">
          <div className="head">
            <h2 id="f-nodes">{t('federation.map')}</h2>
            <p className="note">{t('federation.mapNote')}</p>
          </div>
          <div className="places wide">
            <NodeTiles nodes={status.nodes} />
            <NodeTable nodes={status.nodes} own={status.node} />
          </div>
        </div>
      </section>
      <SilentSection status={status} />
      <HereSection status={status} />
      <RefusalSection status={status} />
      <FeedSection status={status} />
      <ComparisonSection status={status} />
    </HtmlPage>
  );
}
