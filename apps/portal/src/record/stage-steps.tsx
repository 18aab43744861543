import type { Stage } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { dayText } from '../format/moment.ts';
import type { RecordView } from '../views.ts';
import { useSite } from '../site-context.tsx';

const STEPS = ['solicited', 'selected', 'published', 'docked', 'landed', 'promoted'] as const satisfies Stage[];

/** The six stages with the dates they were reached, as far as this node knows them. A stage beside the line (归档) marks none as present. */
export function StageSteps({ record: { stage, stageDates } }: { record: RecordView }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const present = (STEPS as readonly Stage[]).indexOf(stage);
  const reached = stage === 'retired' ? STEPS.indexOf('published') : present;
  if (present < 0 && stage !== 'retired') return null;
  return (
    <ol className="steps" aria-label={t('record.stages')}>
      {STEPS.map((step, i) => {
        const date = stageDates[step];
        const isNow = i === present;
        const isPast = i <= reached && !isNow;
        const note = isNow ? t('record.stageNow') : date ? dayText(t, date, now) : isPast ? t('record.stagePast') : t('record.stageNotYet');
        return (
          <li key={step} className={isNow ? 'now' : isPast ? 'did' : undefined} aria-current={isNow ? 'step' : undefined}>
            {t(`words.stage.${step}`)}
            <small>{isNow && date ? dayText(t, date, now) : note}</small>
          </li>
        );
      })}
    </ol>
  );
}
