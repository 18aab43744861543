import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OriginalText } from '../../ui/original-text.tsx';
import type { RecordJourney } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { JourneyTable } from './journey-table.tsx';

function ProvinceHalf({ journey: { province, fault } }: { journey: RecordJourney }) {
  const { t } = useTranslation();
  if (province !== 'unreachable') return t(`exchange.province.${province}`);
  return (
    <>
      {t('exchange.province.unreachable', { message: fault?.message ?? '', remedy: fault?.remedy ?? '' })}
      <OriginalText detail={fault?.detail ?? ''} />
    </>
  );
}

/** One own record, step by step, by its id in the address. */
export function JourneyPanel({ record }: { record: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [id, setId] = useState(record ?? '');
  const journey = useQuery(useTRPC().operations.federation.trace.queryOptions({ id: record ?? '' }, { enabled: record !== undefined }));
  return (
    <section className="panel exchange" aria-labelledby="x-journey">
      <div className="head">
        <h2 id="x-journey">{t('exchange.journey')}</h2>
      </div>
      <p className="note">{t('exchange.journeyNote')}</p>
      <form
        className="asking"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = id.trim();
          if (asked === record) void journey.refetch();
          else if (asked !== '') void navigate({ to: '/federation', search: { record: asked } });
        }}
      >
        <label htmlFor="x-record">{t('exchange.record')}</label>
        <Input id="x-record" value={id} onChange={(event) => setId(event.target.value)} aria-describedby="x-record-hint" />
        <Button htmlType="submit" loading={journey.isFetching}>
          {t('exchange.look')}
        </Button>
        <span id="x-record-hint" className="note">
          {t('exchange.recordHint')}
        </span>
      </form>
      {journey.isError && <ProblemNotice error={journey.error} onRetry={() => void journey.refetch()} />}
      {journey.data && (
        <>
          <p role="status">
            <ProvinceHalf journey={journey.data} />
          </p>
          <JourneyTable steps={journey.data.steps} />
        </>
      )}
    </section>
  );
}
