import { useTranslation } from 'react-i18next';
import { HtmlPage } from '../frame/html-page.tsx';
import type { HomePage as HomeData } from '../request.ts';
import { Hero } from './hero.tsx';
import { LatestRecords } from './latest-records.tsx';
import { ListCounters } from './list-counters.tsx';
import { PlaceTable } from './place-table.tsx';
import { PlaceTiles } from './place-tiles.tsx';
import { StageFlow } from './stage-flow.tsx';
import { TargetProgress } from './target-progress.tsx';

export function HomePage({ page }: { page: HomeData }) {
  const { t } = useTranslation();
  return (
    <HtmlPage title={t('home.title')} description={`${t('home.lead1')}${t('home.lead2')}`}>
      <Hero latest={page.latest} />
      <ListCounters totals={page.totals} status={page.status} />
      <section className="section" aria-labelledby="h-place">
        <div className="wrap">
          <div className="head">
            <h2 id="h-place">{t('home.places')}</h2>
            <p className="note">{t('home.placesNote')}</p>
          </div>
          <div className="places">
            <PlaceTiles places={page.places} status={page.status} />
            <PlaceTable places={page.places} status={page.status} totals={page.totals} />
          </div>
        </div>
      </section>
      <StageFlow stages={page.stages} />
      <LatestRecords latest={page.latest} />
      <TargetProgress targets={page.targets} />
    </HtmlPage>
  );
}
