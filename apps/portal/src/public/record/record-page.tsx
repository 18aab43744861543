import { useTranslation } from 'react-i18next';
import { LIST_PATH } from '../../paths.ts';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import { Notice } from '../../ui/notice.tsx';
import { HtmlPage } from '../frame/html-page.tsx';
import type { RecordPage as RecordData } from '../request.ts';
import { HistoryLog } from '../../record/history-log.tsx';
import { HolderLine } from '../../record/holder-line.tsx';
import { PageActions } from './page-actions.tsx';
import { ProvenancePanel } from '../../record/provenance-panel.tsx';
import { RecordFields } from '../../record/record-fields.tsx';
import { domainOf, scenarioKindOf, summaryOf, titleOf } from '../../record/record-text.ts';
import { StageSteps } from '../../record/stage-steps.tsx';
import { WithheldPanel } from '../../record/withheld-panel.tsx';
import { domainName } from '../../ui/domain-name.ts';

const SHAPE_NOTE = { full: null, summary: 'record.summaryOnly', listed: 'record.listedOnly', stub: 'record.stubLead' } as const;

/** One record: what it says, where it comes from, what is kept back and why, and what happened to it. */
export function RecordPage({ page: { record, history, vocabulary } }: { page: RecordData }) {
  const { t } = useTranslation();
  const title = titleOf(t, record);
  const summary = summaryOf(record);
  const domain = domainOf(record);
  const scenarioKind = scenarioKindOf(record);
  const note = SHAPE_NOTE[record.shape];
  const crumbs = [{ text: t(`words.list.${record.kind}`), href: LIST_PATH[record.kind] }, { text: title }];
  return (
    <HtmlPage
      title={t('frame.pageTitle', { page: `${title} · ${t(`words.kind.${record.kind}`)}` })}
      description={summary}
      current={record.kind}
      crumbs={crumbs}
    >
      <div className="wrap">
        <div className="record">
          <article className="prose">
            <h1>{title}</h1>
            <p className="meta">
              <OriginBadge adcode={record.origin} />
              {record.owner.name && <span>{record.owner.name}</span>}
              {domain && <span>{domainName(domain)}</span>}
              {scenarioKind && <span>{t(`words.scenarioKind.${scenarioKind}`)}</span>}
            </p>
            {record.suspended && <Notice>{t('record.suspended')}</Notice>}
            {record.stage === 'retired' && <Notice>{t('record.retired')}</Notice>}
            <HolderLine record={record} />
            <StageSteps record={record} />
            {note && <p className="lead">{t(note)}</p>}
            {summary && <p className="lead">{summary}</p>}
            <RecordFields record={record} vocabulary={vocabulary} domain={domain} />
            <HistoryLog record={record} history={history} vocabulary={vocabulary} />
          </article>
          <aside aria-label={t('record.aside')}>
            <ProvenancePanel record={record} />
            <WithheldPanel record={record} />
            <PageActions id={record.id} />
          </aside>
        </div>
      </div>
    </HtmlPage>
  );
}
