import type { Label } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { shapesOf } from './propose-label.ts';

/** Who will have how much of the record under this label: the same rows by which it leaves the node. */
export function LabelEffects({ label }: { label: Label }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="kv" aria-label={t('edit.label.effects')}>
        {shapesOf(label).map(({ audience, shape }) => (
          <div key={audience}>
            <dt>{t(`edit.label.audience.${audience}`)}</dt>
            <dd>{t(`edit.label.shape.${shape ?? 'none'}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{t('edit.label.shapeNote')}</p>
    </>
  );
}
