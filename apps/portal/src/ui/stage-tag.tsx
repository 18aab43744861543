import type { Stage } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';

const TONE: Partial<Record<Stage, string>> = { returned: 'late', landed: 'ok', promoted: 'ok', draft: '', withdrawn: '', retired: '' };

/** A stage as a word in a box; its tone repeats what the word says. */
export function StageTag({ stage, suspended }: { stage: Stage; suspended: boolean }) {
  const { t } = useTranslation();
  return suspended ? (
    <span className="tag late">{t('words.suspended')}</span>
  ) : (
    <span className={`tag ${TONE[stage] ?? 'in'}`}>{t(`words.stage.${stage}`)}</span>
  );
}
