import { useNavigate } from '@tanstack/react-router';
import { Stage } from '@xiangjing/scenario-sdk';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentText } from '../../format/moment.ts';
import { useSite } from '../../site-context.tsx';
import type { RecordsSearch } from './search.ts';
import { KINDS } from '../../ui/kinds.ts';

/** Name, list and stage; what is chosen stands in the address. */
export function RecordFilters({ search, asOf }: { search: RecordsSearch; asOf: string | undefined }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const navigate = useNavigate();
  const [q, setQ] = useState(search.q ?? '');
  const [kind, setKind] = useState(search.kind);
  const [stage, setStage] = useState(search.stage);
  const submit = () => void navigate({ to: '/records', search: { tab: search.tab, q: q.trim() || undefined, kind, stage } });
  return (
    <form
      className="tools"
      aria-label={t('desk.filter')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Input
        className="wide"
        value={q}
        maxLength={100}
        aria-label={t('desk.name')}
        placeholder={t('desk.name')}
        allowClear
        onChange={(event) => setQ(event.target.value)}
      />
      <Select
        className="choice"
        aria-label={t('desk.column.kind')}
        placeholder={t('desk.allKinds')}
        allowClear
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(`words.kind.${value}`) }))}
      />
      <Select
        className="choice"
        aria-label={t('desk.column.stage')}
        placeholder={t('desk.allStages')}
        allowClear
        value={stage}
        onChange={setStage}
        options={Stage.options.map((value) => ({ value, label: t(`words.stage.${value}`) }))}
      />
      <Button htmlType="submit">{t('desk.apply')}</Button>
      {asOf && <span className="note">{t('list.asOf', { moment: momentText(t, asOf, now) })}</span>}
    </form>
  );
}
