import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FEDERATION_PATH } from '../../paths.ts';
import { useSession } from '../session-context.tsx';
import { Page } from '../shell/page.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { JourneyPanel } from './journey-panel.tsx';
import { mayCompare, mayWatch } from './may-watch.ts';

const route = getRouteApi('/federation');

/** 比对与轨迹: is what came what was sent, and how far did one record get. */
export function ExchangePage() {
  const { t } = useTranslation();
  const { grants } = useSession().person;
  const { record } = route.useSearch();
  return (
    <Page title={t('exchange.title')} aside={<a href={FEDERATION_PATH}>{t('exchange.goPublic')}</a>}>
      {mayWatch(grants) ? (
        <>
          <ComparePanel mayAsk={mayCompare(grants)} />
          <JourneyPanel key={record} record={record} />
        </>
      ) : (
        <p>{t('exchange.notYours')}</p>
      )}
    </Page>
  );
}
