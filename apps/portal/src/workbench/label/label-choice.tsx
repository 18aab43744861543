import { labelText, sameLabel, type Label } from '@xiangjing/scenario-sdk';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';

interface LabelChoiceProps {
  choices: readonly Label[];
  /** marked as what the content calls for */
  proposal?: Label;
  value: Label | undefined;
  onChange: (label: Label) => void;
}

/** One label out of a few, each by its level, its name and its short form. */
export function LabelChoice({ choices, proposal, value, onChange }: LabelChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      className="stacked"
      vertical
      name="label"
      value={value ? labelText(value) : null}
      onChange={(event) => {
        const chosen = choices.find((label) => labelText(label) === event.target.value);
        if (chosen) onChange(chosen);
      }}
      options={choices.map((label) => ({
        value: labelText(label),
        label: (
          <>
            {t('edit.label.choiceText', { level: label.level, name: t(`edit.label.choice.${label.level}`) })}{' '}
            <code className="muted">{labelText(label)}</code>
            {proposal && sameLabel(label, proposal) && <span className="tag in">{t('edit.label.proposed')}</span>}
          </>
        ),
      }))}
    />
  );
}
