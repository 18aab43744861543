import { useTranslation } from 'react-i18next';
import { recordPath } from '../../paths.ts';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import type { ListedRecord } from '../../views.ts';
import { ContentAge } from './content-age.tsx';
import { FoundDates } from './found-dates.tsx';
import { domainName } from '../../ui/domain-name.ts';

interface FoundRecordProps {
  record: ListedRecord;
  /** the kind is named where several lists stand together */
  showKind: boolean;
}

/** One record found: what it is about, whose it is, and how old what we know of it is. */
export function FoundRecord({ record, showKind }: FoundRecordProps) {
  const { t } = useTranslation();
  const kind = t(`words.kind.${record.kind}`);
  return (
    <li>
      <div>
        <h2>
          <a href={recordPath(record.id)}>{record.title || t('list.stub', { kind })}</a>
        </h2>
        <p className="who facts">
          {showKind && <span>{kind}</span>}
          {record.owner.name && <span>{record.owner.name}</span>}
          {record.domain && <span>{domainName(record.domain)}</span>}
          {record.scenarioKind && <span>{t(`words.scenarioKind.${record.scenarioKind}`)}</span>}
        </p>
        {record.summary && <p className="sum">{record.summary}</p>}
        <p className="src">
          <OriginBadge adcode={record.origin} />
          <span>{t('list.stageOf', { stage: t(`words.stage.${record.stage}`) })}</span>
          {record.suspended && <span className="warm">{t('words.suspended')}</span>}
          <ContentAge record={record} />
        </p>
      </div>
      <FoundDates record={record} />
    </li>
  );
}
