import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HistoryLog } from '../../record/history-log.tsx';
import { HolderLine } from '../../record/holder-line.tsx';
import { ProvenancePanel } from '../../record/provenance-panel.tsx';
import { RecordFields } from '../../record/record-fields.tsx';
import { domainOf, summaryOf, titleOf } from '../../record/record-text.ts';
import { StageSteps } from '../../record/stage-steps.tsx';
import { useTRPC } from '../api.ts';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { LabelPanel } from './label-panel.tsx';
import { RecordMeta } from './record-meta.tsx';
import { VerbPanel } from './verb-panel.tsx';

const route = getRouteApi('/records/$id');

/** A record in the workbench: the same content as its public page, as far as this person may have it, and what they may do with it. */
export function RecordPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const trpc = useTRPC();
  const record = useQuery(trpc.catalogue.records.get.queryOptions({ id }));
  const history = useQuery(trpc.catalogue.records.history.queryOptions({ id }));
  const vocabulary = useQuery(trpc.catalogue.vocabulary.queryOptions(undefined, { staleTime: Infinity }));
  const [done, setDone] = useState('');
  if (!record.data || !vocabulary.data)
    return (
      <Page title={t('desk.records')} hasErrors={record.isError}>
        {record.isError ? (
          <ProblemNotice error={record.error} onRetry={() => void record.refetch()} />
        ) : (
          <p className="note">{t('desk.loading')}</p>
        )}
      </Page>
    );
  const view = record.data;
  const domain = domainOf(view);
  const summary = summaryOf(view);
  return (
    <Page title={titleOf(t, view)} aside={<RecordMeta record={view} />}>
      <p className="note" role="status">
        {done}
      </p>
      <div className="panel sheet">
        <article className="prose">
          <HolderLine record={view} />
          <StageSteps record={view} />
          {summary && <p className="lead">{summary}</p>}
          <RecordFields record={view} vocabulary={vocabulary.data} domain={domain} />
          {history.data && <HistoryLog record={view} history={history.data} vocabulary={vocabulary.data} />}
        </article>
        <aside aria-label={t('verbs.title')}>
          <VerbPanel record={view} vocabulary={vocabulary.data} onDone={setDone} />
          <LabelPanel record={view} />
          <ProvenancePanel record={view} />
        </aside>
      </div>
    </Page>
  );
}
