import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InputProps } from './input-props.ts';

/** Yes or no; neither is chosen before somebody chose. */
export function FlagInput({ pointer, value, onChange, isDisabled }: InputProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      name={pointer}
      disabled={isDisabled === true}
      value={typeof value === 'boolean' ? value : null}
      onChange={(event) => onChange(event.target.value)}
      options={[
        { value: true, label: t('record.yes') },
        { value: false, label: t('record.no') },
      ]}
    />
  );
}
