import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../api.ts';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { EditForm } from './edit-form.tsx';

const route = getRouteApi('/records/$id/edit/$task');

/** Filling in a record, task by task. */
export function EditPage() {
  const { t } = useTranslation();
  const { id, task } = route.useParams();
  const trpc = useTRPC();
  const record = useQuery(trpc.catalogue.records.get.queryOptions({ id }, { staleTime: Infinity }));
  const vocabulary = useQuery(trpc.catalogue.vocabulary.queryOptions(undefined, { staleTime: Infinity }));
  if (record.data && vocabulary.data)
    return <EditForm record={record.data} vocabulary={vocabulary.data} task={task} onReload={() => record.refetch()} />;
  const failed = record.error ?? vocabulary.error;
  return (
    <Page title={t('desk.records')} hasErrors={failed !== null}>
      {failed ? (
        <ProblemNotice error={failed} onRetry={() => void Promise.all([record.refetch(), vocabulary.refetch()])} />
      ) : (
        <p className="note">{t('desk.loading')}</p>
      )}
    </Page>
  );
}
