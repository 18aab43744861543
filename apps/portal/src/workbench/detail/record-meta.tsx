import { isViewed } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { recordPath } from '../../paths.ts';
import { domainOf, scenarioKindOf } from '../../record/record-text.ts';
import { domainName } from '../../ui/domain-name.ts';
import { OriginBadge } from '../../ui/origin-badge.tsx';
import { StageTag } from '../../ui/stage-tag.tsx';
import type { RecordView } from '../../views.ts';

/** Whose record, of what kind, and where it stands. */
export function RecordMeta({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const domain = domainOf(record);
  const scenarioKind = scenarioKindOf(record);
  return (
    <p className="meta">
      <StageTag stage={record.stage} suspended={record.suspended} />
      <OriginBadge adcode={record.origin} />
      <span>{t(`words.kind.${record.kind}`)}</span>
      {record.owner.name && <span>{record.owner.name}</span>}
      {domain && <span>{domainName(domain)}</span>}
      {scenarioKind && <span>{t(`words.scenarioKind.${scenarioKind}`)}</span>}
      {isViewed(record.stage) && <a href={recordPath(record.id)}>{t('desk.publicPage')}</a>}
    </p>
  );
}
