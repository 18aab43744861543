import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ComparisonTable } from '../../federation/comparison-table.tsx';
import { RepairTable } from '../../federation/repair-table.tsx';
import type { FederationStatus } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { progressOf, type Asked, type Progress } from './progress.ts';

const LOOK_MS = 1_500;

function ProgressText({ progress: { state, done, all, unequal, repaired } }: { progress: Progress }) {
  const { t } = useTranslation();
  switch (state) {
    case 'nothing':
      return t('exchange.nothing');
    case 'running':
      return t('exchange.running', { done, all });
    case 'equal':
      return t('exchange.doneEqual', { count: all });
    case 'unequal':
      return t('exchange.doneUnequal', { all, unequal, repaired });
    case 'late':
      return t('exchange.late', { done, all });
  }
}

const progressIn = (asked: Asked | undefined, { data, dataUpdatedAt }: { data?: FederationStatus | undefined; dataUpdatedAt: number }) =>
  asked && data ? progressOf(asked, data.comparisons, dataUpdatedAt) : undefined;

/** What the comparisons found, and the button that asks for one now. */
export function ComparePanel({ mayAsk }: { mayAsk: boolean }) {
  const { t } = useTranslation();
  const trpc = useTRPC();
  const ask = useMutation(trpc.operations.federation.compare.mutationOptions());
  const status = useQuery(
    trpc.operations.federation.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => (progressIn(ask.data, state)?.state === 'running' ? LOOK_MS : false),
    }),
  );
  const progress = progressIn(ask.data, status);
  const isRunning = ask.isPending || progress?.state === 'running';
  const { comparisons = [], repairs = [] } = status.data ?? {};
  return (
    <section className="panel exchange" aria-labelledby="x-compare">
      <div className="head">
        <h2 id="x-compare">{t('exchange.compare')}</h2>
        {mayAsk ? (
          <Button type="primary" loading={isRunning} onClick={() => ask.mutate(undefined, { onSuccess: () => void status.refetch() })}>
            {t('exchange.now')}
          </Button>
        ) : (
          <p className="note">{t('exchange.nowOnly')}</p>
        )}
      </div>
      <p className="note">{t('exchange.compareNote')}</p>
      <p role="status">{progress && <ProgressText progress={progress} />}</p>
      {ask.isError && <ProblemNotice error={ask.error} />}
      {status.isError && <ProblemNotice error={status.error} onRetry={() => void status.refetch()} />}
      {status.isSuccess && comparisons.length === 0 && <p>{t('federation.compare.none')}</p>}
      {comparisons.length > 0 && <ComparisonTable comparisons={comparisons} labelledBy="x-compare" />}
      {repairs.length > 0 && (
        <>
          <h3>{t('federation.compare.repairs')}</h3>
          <RepairTable repairs={repairs} />
        </>
      )}
    </section>
  );
}
