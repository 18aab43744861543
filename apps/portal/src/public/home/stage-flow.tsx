import type { Stage } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';

const STEPS = ['solicited', 'selected', 'published', 'docked', 'landed', 'promoted'] as const satisfies Stage[];
const isPublic = (stage: Stage): boolean => stage !== 'solicited' && stage !== 'selected';

/** The plan's six stages, with how many opportunities stand in each where that may be known. */
export function StageFlow({ stages }: { stages: Partial<Record<Stage, number>> | undefined }) {
  const { t } = useTranslation();
  return (
    <section className="section" aria-labelledby="h-flow">
      <div className="wrap">
        <div className="head">
          <h2 id="h-flow">{t('home.flow')}</h2>
        </div>
        <ol className="flow">
          {STEPS.map((stage) => (
            <li key={stage}>
              <h3>{t(`words.stage.${stage}`)}</h3>
              <p>{t(`home.steps.${stage}`)}</p>
              {stages && (
                <p className="cnt">{isPublic(stage) ? t('home.stageCount', { count: stages[stage] ?? 0 }) : t('home.beforePublish')}</p>
              )}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
