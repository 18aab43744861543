import { labelText } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { LabelEffects } from '../label/label-effects.tsx';
import type { RecordView } from '../../views.ts';

/** How the record is labelled and who therefore sees how much of it, for those who see the label. */
export function LabelPanel({ record: { label, classified } }: { record: RecordView }) {
  const { t } = useTranslation();
  if (!label) return null;
  return (
    <section className="side" aria-labelledby="a-label">
      <h2 id="a-label">{t('edit.label.title')}</h2>
      <p className="note">{classified ? t('edit.label.now', { text: labelText(label) }) : t('edit.check.labelMissing')}</p>
      {classified && <LabelEffects label={label} />}
    </section>
  );
}
